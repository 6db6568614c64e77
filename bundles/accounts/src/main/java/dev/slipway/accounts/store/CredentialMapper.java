package dev.slipway.accounts.store;

import dev.slipway.data.Table;
import dev.slipway.data.TableMapper;
import java.time.Instant;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/** Statements on {@code accounts_credential}. */
public interface CredentialMapper extends TableMapper<Credential> {
  Table TABLE =
      Table.of("accounts_credential", "id", "password_hash", "failed_logins", "locked_until");

  /** By address; null where there is no such user or the user has no password. */
  @Nullable SignInRow signIn(@Param("emailKey") String emailKey);

  /** Counts a failed attempt, unless the account is locked already. */
  void failed(
      @Param("id") UUID id,
      @Param("now") Instant now,
      @Param("attempts") int attempts,
      @Param("lockUntil") Instant lockUntil);

  /** Ends a row of failures; 0 where the account is locked. */
  int succeeded(@Param("id") UUID id, @Param("now") Instant now);
}
