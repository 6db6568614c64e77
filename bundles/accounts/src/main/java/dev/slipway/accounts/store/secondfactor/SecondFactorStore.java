package dev.slipway.accounts.store.secondfactor;

import dev.slipway.api.Ids;
import dev.slipway.data.Database;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Authenticator apps and recovery codes as rows. */
@Component(service = SecondFactorStore.class)
public final class SecondFactorStore {
  private final SecondFactorMapper factors;

  @Activate
  public SecondFactorStore(@Reference Database database) {
    factors = database.mapper(SecondFactorMapper.class);
  }

  public Optional<SecondFactorRow> find(UUID userId) {
    return Optional.ofNullable(factors.find(userId));
  }

  public Optional<SecondFactorRow> lock(UUID userId) {
    return Optional.ofNullable(factors.lock(userId));
  }

  /** Puts a fresh one in the place of what is there. */
  public void replace(SecondFactorRow factor) {
    factors.delete(factor.id());
    factors.insert(factor);
  }

  public boolean delete(UUID userId) {
    return factors.delete(userId) == 1;
  }

  /** Notes that a code was taken; false where it, or a later one, was taken before. */
  public boolean take(UUID userId, long step) {
    return factors.take(userId, step) == 1;
  }

  /** Begins to demand codes, and keeps the recovery codes. */
  public void confirm(UUID userId, List<String> codeHashes) {
    factors.confirm(userId);
    factors.deleteCodes(userId);
    codeHashes.forEach(hash -> factors.addCode(Ids.next(), userId, hash));
  }

  /** Uses a recovery code up; false where there is none such. */
  public boolean useCode(UUID userId, String codeHash) {
    return factors.useCode(userId, codeHash) == 1;
  }

  public int codesLeft(UUID userId) {
    return factors.countCodes(userId);
  }
}
