package dev.slipway.accounts.store.user;

import dev.slipway.data.Table;
import dev.slipway.data.TableMapper;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/** Statements on {@code accounts_credential}. */
public interface CredentialMapper extends TableMapper<Credential> {
  Table TABLE = Table.of("accounts_credential", "id", "password_hash");

  /** By address; null where there is no such user or the user has no password. */
  @Nullable SignInRow signIn(@Param("emailKey") String emailKey);
}
