package dev.slipway.api.mail;

import dev.slipway.api.event.DomainEvent;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message was not sent because no mail server is configured; published so that operators can pass
 * its link on. A link is a credential and the event log is read by every listener and lies in
 * backups, so the link is sealed: {@code secrets.open(null, MailHeld.place(messageId), link)} opens
 * it, which only an operation for root admins may do.
 *
 * @param messageId the subject of the event
 * @param recipient the address
 * @param subject the message's subject line
 * @param link the sealed URL of the button; null where the message has none
 */
public record MailHeld(UUID messageId, String recipient, String subject, @Nullable String link)
    implements DomainEvent {
  /** What {@link #type()} says. */
  public static final String TYPE = "mail.message.held";

  /** Where the link was sealed for. */
  public static String place(UUID messageId) {
    return "mail_message/" + messageId + "/link";
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public @Nullable UUID tenantId() {
    return null;
  }

  @Override
  public UUID subjectId() {
    return messageId;
  }

  @Override
  public String toString() {
    return "MailHeld[" + messageId + "]";
  }
}
