package dev.slipway.accounts.store.inbox;

import java.time.Instant;
import java.util.UUID;

/** A message in a user's inbox. */
public record MessageRow(
    UUID id,
    UUID userId,
    String type,
    String title,
    String body,
    boolean read,
    Instant createdAt) {}
