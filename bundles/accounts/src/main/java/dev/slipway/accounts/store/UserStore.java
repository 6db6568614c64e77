package dev.slipway.accounts.store;

import dev.slipway.accounts.User;
import dev.slipway.data.Database;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Users and their passwords as rows. */
@Component(service = UserStore.class)
public final class UserStore {
  /** Refuses a second user with the same address. */
  public static final String EMAIL_UNIQUE = "accounts_user_email";

  private final UserMapper users;
  private final CredentialMapper credentials;

  @Activate
  public UserStore(@Reference Database database) {
    users = database.mapper(UserMapper.class);
    credentials = database.mapper(CredentialMapper.class);
  }

  public void insert(User user, String passwordHash) {
    users.insert(user);
    credentials.insert(new Credential(user.id(), passwordHash));
  }

  public Optional<User> find(UUID id) {
    return Optional.ofNullable(users.find(id));
  }

  public Optional<SignInRow> signIn(String emailKey) {
    return Optional.ofNullable(credentials.signIn(emailKey));
  }

  /** Counts a failed attempt; the last one allowed locks the account until then. */
  public void failed(UUID id, Instant now, int attempts, Instant lockUntil) {
    credentials.failed(id, now, attempts, lockUntil);
  }

  /** Notes a good attempt; false where others have locked the account meanwhile. */
  public boolean succeeded(UUID id, Instant now) {
    if (credentials.succeeded(id, now) == 0) {
      return false;
    }
    users.signedIn(id, now);
    return true;
  }
}
