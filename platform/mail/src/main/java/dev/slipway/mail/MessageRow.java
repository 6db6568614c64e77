package dev.slipway.mail;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message that waits or was given up.
 *
 * @param content sealed; null once given up
 * @param attempts how often it was taken for sending
 * @param dueAt when it may be taken again
 */
public record MessageRow(
    UUID id,
    @Nullable String content,
    Status status,
    int attempts,
    Instant dueAt,
    @Nullable String lastError,
    Instant createdAt) {

  /** Where it stands. */
  public enum Status {
    QUEUED,
    FAILED
  }

  static String place(UUID id) {
    return "mail_message/" + id + "/content";
  }
}
