package dev.slipway.accounts.service.user;

import dev.slipway.accounts.AccountsError;
import dev.slipway.accounts.AccountsEvent;
import dev.slipway.accounts.User;
import dev.slipway.accounts.service.AccountMail;
import dev.slipway.accounts.service.DisplayName;
import dev.slipway.accounts.service.EmailAddress;
import dev.slipway.accounts.store.session.SessionStore;
import dev.slipway.accounts.store.user.UserStore;
import dev.slipway.api.CommonError;
import dev.slipway.api.CurrentOperation;
import dev.slipway.api.Times;
import dev.slipway.api.event.Events;
import dev.slipway.api.security.PrincipalCache;
import dev.slipway.data.ConstraintViolation;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Changes of a user by operators; in a unit of work. */
@Component(service = UserEdits.class)
public final class UserEdits {
  private final UserStore users;
  private final SessionStore sessions;
  private final AccountMail mail;
  private final PrincipalCache cache;
  private final Events events;

  @Activate
  public UserEdits(
      @Reference UserStore users,
      @Reference SessionStore sessions,
      @Reference AccountMail mail,
      @Reference PrincipalCache cache,
      @Reference Events events) {
    this.users = users;
    this.sessions = sessions;
    this.mail = mail;
    this.cache = cache;
    this.events = events;
  }

  /** Changes what is given. */
  User edit(User user, @Nullable String email, @Nullable String displayName) {
    var address = email == null ? new EmailAddress(user.email(), user.emailKey()) : address(email);
    var name = displayName == null ? user.displayName() : name(displayName);
    var same = address.key().equals(user.emailKey());
    var now = Times.now();
    var edited =
        user.withProfile(address.display(), address.key(), name, same && user.emailVerified(), now);
    if (!same) {
      users.leaveVerified(user.id());
    }
    users.update(edited);
    CurrentOperation.detail("user_id", user.id());
    CurrentOperation.detail("before", profile(user));
    CurrentOperation.detail("after", profile(edited));
    if (!same) {
      mail.addressChanged(edited, now);
    }
    cache.forget(user.id());
    events.publish(new AccountsEvent.UserChanged(user.id(), edited.email(), edited.displayName()));
    return edited;
  }

  private static Map<String, String> profile(User user) {
    return Map.of("email", user.email(), "display_name", user.displayName());
  }

  private static EmailAddress address(String email) {
    return EmailAddress.parse(email)
        .orElseThrow(
            () -> CommonError.INVALID.of().withField("email", "must be an e-mail address"));
  }

  private static String name(String displayName) {
    return DisplayName.parse(displayName)
        .orElseThrow(
            () ->
                CommonError.INVALID
                    .of()
                    .withField("displayName", "must have 1 to 200 characters and no control ones"));
  }

  /** Says what a refusal of the database means. */
  static RuntimeException meaning(ConstraintViolation violation) {
    return violation.constraint().equals(UserStore.EMAIL_UNIQUE)
        ? AccountsError.EMAIL_TAKEN.at("email")
        : violation;
  }

  /** Switches a user on or off. */
  void setActive(User user, boolean active) {
    if (user.active() == active) {
      return;
    }
    var now = Times.now();
    users.update(user.withActive(active, now));
    CurrentOperation.detail("user_id", user.id());
    CurrentOperation.detail("before", Map.of("active", user.active()));
    CurrentOperation.detail("after", Map.of("active", active));
    if (!active) {
      sessions.revokeAll(user.id(), null, now);
    }
    cache.forget(user.id());
    events.publish(
        active
            ? new AccountsEvent.UserActivated(user.id())
            : new AccountsEvent.UserDeactivated(user.id()));
  }
}
