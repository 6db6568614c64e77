package dev.slipway.accounts.store.credential;

import dev.slipway.api.Ids;
import dev.slipway.data.Database;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Mailed tokens, and who asked for mail, as rows. */
@Component(service = TokenStore.class)
public final class TokenStore {
  private final TokenMapper tokens;

  @Activate
  public TokenStore(@Reference Database database) {
    tokens = database.mapper(TokenMapper.class);
  }

  /** Adds a token; those of the same purpose before it are void. */
  public void replace(TokenRow token) {
    tokens.voidAll(token.userId(), token.purpose());
    tokens.insert(token);
  }

  /** Whose token it is, without using it up. Empty where it is unknown, used or expired. */
  public Optional<UUID> holder(TokenPurpose purpose, String tokenHash, Instant now) {
    return Optional.ofNullable(tokens.holder(purpose, tokenHash, now));
  }

  /** Whose token it is; it works once. Empty where it is unknown, used or expired. */
  public Optional<UUID> take(TokenPurpose purpose, String tokenHash, Instant now) {
    return Optional.ofNullable(tokens.take(purpose, tokenHash, now));
  }

  public void voidAll(UUID userId, TokenPurpose purpose) {
    tokens.voidAll(userId, purpose);
  }

  /** When this address was asked for since then; whoever asks next has to wait for this unit. */
  public List<Instant> asked(TokenPurpose purpose, String emailKey, Instant since) {
    tokens.lockAddress(emailKey);
    return tokens.asked(purpose, emailKey, since);
  }

  public void ask(TokenPurpose purpose, String emailKey, Instant now) {
    tokens.ask(Ids.next(), purpose, emailKey, now);
  }

  public List<MailRequest> takeRequests(int limit) {
    return tokens.takeRequests(limit);
  }

  /** Removes at most so many of what nobody needs any more. */
  public int deleteExpired(Instant tokensBefore, Instant requestsBefore, int limit) {
    return tokens.deleteExpired(tokensBefore, limit) + tokens.deleteRequests(requestsBefore, limit);
  }
}
