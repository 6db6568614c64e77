package dev.slipway.accounts.store.user;

import dev.slipway.accounts.User;
import dev.slipway.data.Table;
import dev.slipway.data.TableMapper;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

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

  @Nullable User byEmail(@Param("emailKey") String emailKey);

  int count();

  /** The oldest first. */
  List<User> list(@Param("limit") int limit);

  /** Notes that the user reads the mail of the address. */
  int verified(@Param("id") UUID id, @Param("now") Instant now);

  /** Notes that an address that is verified is about to be left for another. */
  void leaveVerified(@Param("id") UUID id);

  /** Whether an address that the user had before was verified. */
  boolean onceVerified(@Param("id") UUID id);

  /** How many have used a login since then. */
  int activeSince(@Param("since") Instant since);
}
