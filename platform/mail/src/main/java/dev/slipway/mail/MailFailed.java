package dev.slipway.mail;

import dev.slipway.api.event.DomainEvent;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A message was given up: refused for good, or tried often enough. */
record MailFailed(UUID messageId, String recipient, String subject, int attempts, String error)
    implements DomainEvent {
  @Override
  public String type() {
    return "mail.message.failed";
  }

  @Override
  public @Nullable UUID tenantId() {
    return null;
  }

  @Override
  public UUID subjectId() {
    return messageId;
  }
}
