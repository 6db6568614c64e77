package dev.slipway.accounts.store.session;

import dev.slipway.data.Database;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Logins and their refresh tokens as rows. */
@Component(service = SessionStore.class)
public final class SessionStore {
  private static final int MAX_LIST = 200;

  private final SessionMapper sessions;
  private final RefreshTokenMapper tokens;

  @Activate
  public SessionStore(@Reference Database database) {
    sessions = database.mapper(SessionMapper.class);
    tokens = database.mapper(RefreshTokenMapper.class);
  }

  public void insert(SessionRow session) {
    sessions.insert(session);
  }

  public void insert(RefreshTokenRow token) {
    tokens.insert(token);
  }

  /** The login of a refresh token; whoever exchanges one holds this lock, so that one wins. */
  public Optional<SessionRow> lockByToken(String tokenHash) {
    return Optional.ofNullable(sessions.lockByToken(tokenHash));
  }

  public Optional<RefreshTokenRow> token(String tokenHash) {
    return Optional.ofNullable(tokens.byHash(tokenHash));
  }

  /** Notes that a token was exchanged for one that expires then. */
  public void exchanged(RefreshTokenRow token, Instant now, Instant expiresAt) {
    tokens.use(token.id(), now);
    sessions.extend(token.sessionId(), now, expiresAt);
  }

  /** Ends a login of this user; false where it is not one or has ended. */
  public boolean revoke(UUID id, UUID userId, Instant now) {
    return sessions.revoke(id, userId, now) == 1;
  }

  /** The logins of a user that go on, the one used last first. */
  public List<SessionRow> open(UUID userId, Instant now) {
    return sessions.open(userId, now, MAX_LIST);
  }

  /** Ends all logins of a user but one; null ends that too. */
  public void revokeAll(UUID userId, @Nullable UUID keep, Instant now) {
    sessions.revokeAll(userId, keep, now);
  }

  /** Removes at most so many logins, and so many tokens, that expired before then. */
  public int deleteExpired(Instant before, int limit) {
    return sessions.deleteExpired(before, limit) + tokens.deleteExpired(before, limit);
  }
}
