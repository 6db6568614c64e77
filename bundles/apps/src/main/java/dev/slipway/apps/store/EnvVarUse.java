package dev.slipway.apps.store;

/**
 * How much room an app's variables take.
 *
 * @param variables how many there are
 * @param bytes of their keys and values as they are stored
 */
public record EnvVarUse(int variables, long bytes) {}
