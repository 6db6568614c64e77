package dev.slipway.accounts.store;

import java.util.UUID;

/** How many of something belong to whom. */
public record Count(UUID id, int count) {}
