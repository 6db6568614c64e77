package dev.slipway.accounts.store;

import dev.slipway.accounts.User;
import dev.slipway.data.Table;
import dev.slipway.data.TableMapper;
import java.time.Instant;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;

/** Statements on {@code accounts_user}. */
public interface UserMapper extends TableMapper<User> {
  Table TABLE =
      Table.of(
          "accounts_user",
          "id",
          "email",
          "email_key",
          "display_name",
          "email_verified",
          "active",
          "auth_methods",
          "created_at",
          "updated_at",
          "last_login_at");

  /** Notes a sign-in. */
  void signedIn(@Param("id") UUID id, @Param("now") Instant now);
}
