package dev.slipway.accounts.store.secondfactor;

import java.time.Instant;
import java.util.UUID;

/**
 * A user's authenticator app.
 *
 * @param id the user
 * @param secret sealed
 * @param confirmed whether a code has proved that the app has the secret
 * @param lastStep time step of the newest code that was taken
 */
public record SecondFactorRow(
    UUID id, String secret, boolean confirmed, long lastStep, Instant createdAt) {}
