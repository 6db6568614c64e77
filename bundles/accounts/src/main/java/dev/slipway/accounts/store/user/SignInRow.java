package dev.slipway.accounts.store.user;

import java.util.UUID;

/** What a sign-in by password has to know of the user. */
public record SignInRow(UUID userId, boolean active, String passwordHash) {}
