package dev.slipway.accounts.store;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a sign-in by password has to know of the user. */
public record SignInRow(
    UUID userId, boolean active, String passwordHash, @Nullable Instant lockedUntil) {}
