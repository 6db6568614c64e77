package dev.slipway.accounts.store.user;

import dev.slipway.accounts.User;
import dev.slipway.data.Database;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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

  public void insert(User user, @Nullable String passwordHash) {
    users.insert(user);
    if (passwordHash != null) {
      credentials.insert(new Credential(user.id(), passwordHash));
    }
  }

  public Optional<User> lock(UUID id) {
    return Optional.ofNullable(users.lock(id));
  }

  public Optional<User> byEmail(String emailKey) {
    return Optional.ofNullable(users.byEmail(emailKey));
  }

  public int count() {
    return users.count();
  }

  public List<User> list(int limit) {
    return users.list(limit);
  }

  public void update(User user) {
    users.update(user);
  }

  /** Removes a user with all that is the user's alone. */
  public void delete(UUID id) {
    users.delete(id);
  }

  /** Notes that the user reads the mail of the address; false where that was known. */
  public boolean verified(UUID id, Instant now) {
    return users.verified(id, now) == 1;
  }

  /** Notes that an address that is verified is about to be left for another. */
  public void leaveVerified(UUID id) {
    users.leaveVerified(id);
  }

  /** Whether an address that the user had before was verified. */
  public boolean onceVerified(UUID id) {
    return users.onceVerified(id);
  }

  /** The hash of the user's password; empty for one who has none. */
  public Optional<String> passwordHash(UUID id) {
    return Optional.ofNullable(credentials.find(id)).map(Credential::passwordHash);
  }

  /** Sets or adds a password. */
  public void setPassword(UUID id, String hash) {
    var credential = new Credential(id, hash);
    if (credentials.update(credential) == 0) {
      credentials.insert(credential);
    }
  }

  public void removePassword(UUID id) {
    credentials.delete(id);
  }

  /** Notes a sign-in. */
  public void signedIn(UUID id, Instant now) {
    users.signedIn(id, now);
  }

  public Optional<User> find(UUID id) {
    return Optional.ofNullable(users.find(id));
  }

  public Optional<SignInRow> signIn(String emailKey) {
    return Optional.ofNullable(credentials.signIn(emailKey));
  }

  /** How many have used a login since then. */
  public int activeSince(Instant since) {
    return users.activeSince(since);
  }
}
