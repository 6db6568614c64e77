package dev.slipway.api.mail;

import org.osgi.annotation.versioning.ProviderType;

/** Sends mail to people. */
@ProviderType
public interface Mail {
  /**
   * Queues a message in the current unit of work, which must be a platform-wide writing one: it is
   * sent exactly when that commits, soon and at least once. A failing delivery is tried again with
   * growing pauses for about a day. Where no mail server is configured the message is held instead,
   * see {@link MailHeld}.
   *
   * @throws IllegalStateException outside such a unit of work
   */
  void queue(MailMessage message);

  /** Whether a mail server is configured. */
  boolean configured();
}
