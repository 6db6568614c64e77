package dev.slipway.accounts.service.inbox;

import dev.slipway.accounts.Tenant;
import dev.slipway.accounts.User;
import dev.slipway.accounts.service.AccountMail;
import dev.slipway.accounts.store.inbox.MessageRow;
import dev.slipway.accounts.store.inbox.MessageStore;
import dev.slipway.api.Ids;
import dev.slipway.api.Times;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Tells users by mail, and in their inbox, what others did; in a unit of work. */
@Component(service = Notices.class)
public final class Notices {
  private final AccountMail mail;
  private final MessageStore messages;

  @Activate
  public Notices(@Reference AccountMail mail, @Reference MessageStore messages) {
    this.mail = mail;
    this.messages = messages;
  }

  /** The link goes by mail alone: the inbox of an account is no proof of who reads the address. */
  public void invited(String email, @Nullable User invitee, Tenant tenant, User host, String raw) {
    mail.invitation(email, invitee, tenant, host, raw);
    if (invitee != null) {
      add(
          invitee.id(),
          "invitation",
          "Invitation to " + tenant.name(),
          host.displayName()
              + " has invited you to "
              + tenant.name()
              + ". The link to join is in your mail.");
    }
  }

  public void ownershipReceived(UUID userId, Tenant tenant) {
    add(
        userId,
        "ownership",
        "You own " + tenant.name(),
        "The ownership of " + tenant.name() + " was handed to you.");
  }

  public void removed(UUID userId, Tenant tenant) {
    add(
        userId,
        "membership",
        "You have left " + tenant.name(),
        "You were taken out of " + tenant.name() + ".");
  }

  private void add(UUID userId, String type, String title, String body) {
    messages.insert(new MessageRow(Ids.next(), userId, type, title, body, false, Times.now()));
  }
}
