package dev.slipway.accounts.store.tenant;

import java.util.UUID;

/** How many of something belong to whom. */
public record Count(UUID id, int count) {}
