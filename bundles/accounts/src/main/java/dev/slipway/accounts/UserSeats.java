package dev.slipway.accounts;

/** A user and in how many tenants the user has a seat. */
public record UserSeats(User user, int tenantCount) {}
