package dev.slipway.api.security;

import org.osgi.annotation.versioning.ProviderType;

/** Password hashing (argon2id). Costs tens of milliseconds of CPU; only a few run at a time. */
@ProviderType
public interface Passwords {
  /** The salted hash to store, with its parameters. */
  String hash(String password);

  /** Whether the password belongs to the hash. */
  boolean verify(String password, String hash);

  /**
   * Spends as long as {@link #verify} does, so that an unknown account can not be told from a wrong
   * password.
   */
  void pretend(String password);
}
