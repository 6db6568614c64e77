package dev.slipway.accounts.store.session;

import dev.slipway.data.Table;
import dev.slipway.data.TableMapper;
import java.time.Instant;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/** Statements on {@code accounts_refresh_token}. */
public interface RefreshTokenMapper extends TableMapper<RefreshTokenRow> {
  Table TABLE =
      Table.of(
          "accounts_refresh_token",
          "id",
          "session_id",
          "token_hash",
          "created_at",
          "expires_at",
          "used_at");

  /** By hash. */
  @Nullable RefreshTokenRow byHash(@Param("tokenHash") String tokenHash);

  /** Notes that a token has been exchanged. */
  void use(@Param("id") UUID id, @Param("now") Instant now);

  /** Removes tokens that expired before then. */
  int deleteExpired(@Param("before") Instant before, @Param("limit") int limit);
}
