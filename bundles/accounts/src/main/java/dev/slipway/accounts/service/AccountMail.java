package dev.slipway.accounts.service;

import dev.slipway.accounts.Tenant;
import dev.slipway.accounts.User;
import dev.slipway.accounts.store.credential.TokenPurpose;
import dev.slipway.accounts.store.credential.TokenRow;
import dev.slipway.accounts.store.credential.TokenStore;
import dev.slipway.api.Ids;
import dev.slipway.api.mail.Mail;
import dev.slipway.api.mail.MailMessage;
import dev.slipway.api.platform.Platform;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The mails of this feature, with the tokens in them; all in a unit of work. */
@Component(service = AccountMail.class)
public final class AccountMail {
  static final Duration VERIFY_LIFETIME = Duration.ofHours(24);
  static final Duration RESET_LIFETIME = Duration.ofMinutes(30);

  private final TokenStore tokens;
  private final Mail mail;
  private final Frontend frontend;

  @Activate
  public AccountMail(
      @Reference TokenStore tokens, @Reference Mail mail, @Reference Platform platform) {
    this.tokens = tokens;
    this.mail = mail;
    frontend = new Frontend(platform);
  }

  /** A link by which the user proves to read the mail of the address. */
  public void verification(User user, Instant now) {
    var raw = token(user, TokenPurpose.VERIFY, now, VERIFY_LIFETIME);
    mail.queue(
        new MailMessage(
                user.email(),
                "Verify your e-mail address",
                "Welcome, " + user.displayName(),
                List.of(
                    "Please confirm that this e-mail address is yours.",
                    "The link works once, for 24 hours. If you have not signed up, ignore this"
                        + " message."))
            .withButton("Verify e-mail address", frontend.link("verify-email", raw)));
  }

  /** As {@link #verification}, and voids what was mailed to the address before. */
  public void addressChanged(User user, Instant now) {
    tokens.voidAll(user.id(), TokenPurpose.RESET);
    verification(user, now);
  }

  /** A link that lets the user choose another password. */
  public void reset(User user, Instant now) {
    var raw = token(user, TokenPurpose.RESET, now, RESET_LIFETIME);
    mail.queue(
        new MailMessage(
                user.email(),
                "Reset your password",
                "Reset your password",
                List.of(
                    "Somebody, hopefully you, has asked for another password for this account.",
                    "The link works once, for 30 minutes. If it was not you, ignore this message:"
                        + " nothing changes."))
            .withButton("Choose a new password", frontend.link("reset-password", raw)));
  }

  /** Tells a user that the password is another one now. */
  void passwordChanged(User user) {
    mail.queue(
        new MailMessage(
            user.email(),
            "Your password was changed",
            "Your password was changed",
            List.of(
                "The password of your account has just been changed.",
                "If it was not you, reset it at once and tell an administrator.")));
  }

  /**
   * An invitation; whoever has an account joins by it, whoever has none signs up first.
   *
   * @param invitee null where nobody has the address
   */
  public void invitation(
      String email, @Nullable User invitee, Tenant tenant, User host, String raw) {
    var page = invitee == null ? "register" : "accept-invitation";
    var label = invitee == null ? "Sign up and join" : "Join";
    mail.queue(
        new MailMessage(
                email,
                host.displayName() + " invites you to " + tenant.name(),
                "Join " + tenant.name(),
                List.of(
                    host.displayName()
                        + " ("
                        + host.email()
                        + ") has invited you to work together in "
                        + tenant.name()
                        + ".",
                    "The invitation is for this address and ends in 7 days."))
            .withButton(label, frontend.link(page, raw)));
  }

  private String token(User user, TokenPurpose purpose, Instant now, Duration lifetime) {
    var secret = SecretToken.create("");
    tokens.replace(
        new TokenRow(Ids.next(), user.id(), purpose, secret.hash(), now, now.plus(lifetime)));
    return secret.raw();
  }
}
