package dev.slipway.fleet.store.agent;

import dev.slipway.data.Database;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Credentials of agents beside their secret. Whoever shows one says no tenant, so the calls need a
 * platform-wide unit of work; those on one server's refresh tokens are good in its tenant's too.
 */
@Component(service = CredentialStore.class)
public final class CredentialStore {
  private final CredentialMapper mapper;

  @Activate
  public CredentialStore(@Reference Database database) {
    mapper = database.mapper(CredentialMapper.class);
  }

  /**
   * A refresh token.
   *
   * @param chainId the same for all that came of one registration
   * @param usedAt when it was traded for another
   */
  public record Refresh(
      String hash,
      UUID tenantId,
      UUID serverId,
      UUID chainId,
      @Nullable Instant usedAt,
      Instant createdAt) {}

  /** Whose a credential is. */
  public record Owner(UUID serverId, UUID tenantId, String name) {}

  /** Adds a refresh token. */
  public void add(Refresh token) {
    mapper.addRefresh(token);
  }

  /** A refresh token, locked. */
  public Optional<Refresh> lockRefresh(String hash) {
    return Optional.ofNullable(mapper.lockRefresh(hash));
  }

  /** Marks one as used. */
  public void use(String hash) {
    mapper.useRefresh(hash, Instant.now());
  }

  /** Makes a whole chain void. */
  public void dropChain(UUID chain) {
    mapper.dropChain(chain);
  }

  /** Makes all of a server void; returns how many could still be used. */
  public int dropRefresh(UUID server) {
    return mapper.dropRefresh(server);
  }

  /**
   * Counts an attempt in; false, and it is not counted, where there were as many as are allowed.
   * Attempts on one subject take turns until the unit of work ends.
   */
  public boolean attempt(String what, String subject, Instant since, int most) {
    mapper.hold(what + ":" + subject);
    if (mapper.attempts(what, subject, since) >= most) {
      return false;
    }
    mapper.attempt(what, subject, Instant.now());
    return true;
  }

  /** Whose bootstrap key this is, locked. */
  public Optional<Owner> byBootstrapKey(String machine, String hash) {
    return Optional.ofNullable(mapper.byBootstrapKey(machine, hash));
  }

  /** How often all credentials of a server became void; empty where it is gone. */
  public Optional<Integer> epoch(UUID server) {
    return Optional.ofNullable(mapper.epoch(server));
  }

  /** A server and its tenant; empty where it is gone. */
  public Optional<Owner> owner(UUID server) {
    return Optional.ofNullable(mapper.owner(server));
  }

  /** Marks an install token as used; false where it was. */
  public boolean useToken(UUID id, Instant expires) {
    return mapper.useToken(id, expires) == 1;
  }

  /** Whether an install token was used. */
  public boolean tokenUsed(UUID id) {
    return mapper.tokenUsed(id);
  }

  /** Removes what no longer matters. */
  public void purge(Instant refreshBefore, Instant attemptsBefore) {
    mapper.purgeRefresh(refreshBefore);
    mapper.purgeAttempts(attemptsBefore);
    mapper.purgeTokens(Instant.now());
  }
}
