package dev.slipway.accounts.store.session;

import dev.slipway.data.Table;
import dev.slipway.data.TableMapper;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/** Statements on {@code accounts_session}. */
public interface SessionMapper extends TableMapper<SessionRow> {
  Table TABLE =
      Table.of(
          "accounts_session",
          "id",
          "user_id",
          "remote_address",
          "user_agent",
          "created_at",
          "last_active_at",
          "expires_at",
          "revoked_at");

  /** The login that a refresh token belongs to, locked; null for an unknown token. */
  @Nullable SessionRow lockByToken(@Param("tokenHash") String tokenHash);

  /** Notes that the login is in use. */
  void extend(
      @Param("id") UUID id, @Param("now") Instant now, @Param("expiresAt") Instant expiresAt);

  /** Notes that the login is in use, unless that was noted since then. */
  void used(@Param("id") UUID id, @Param("now") Instant now, @Param("since") Instant since);

  /** Ends a login of this user; 0 where it is not one or has ended. */
  int revoke(@Param("id") UUID id, @Param("userId") UUID userId, @Param("now") Instant now);

  /** The logins of a user that go on, the one used last first. */
  List<SessionRow> open(
      @Param("userId") UUID userId, @Param("now") Instant now, @Param("limit") int limit);

  /** Ends all logins of a user but one; null ends that too. */
  int revokeAll(
      @Param("userId") UUID userId, @Param("keep") @Nullable UUID keep, @Param("now") Instant now);

  /** Removes logins that expired before then, and their tokens with them. */
  int deleteExpired(@Param("before") Instant before, @Param("limit") int limit);
}
