package dev.slipway.accounts.store.user;

import java.util.UUID;

/**
 * A user's password.
 *
 * @param id the user
 */
public record Credential(UUID id, String passwordHash) {}
