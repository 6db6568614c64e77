package dev.slipway.accounts;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A person with an account.
 *
 * @param email the address as its owner writes it
 * @param emailKey the address in lower case; unique
 * @param active false = may not sign in, and no credential of the user works
 * @param authMethods ways to sign in, such as {@code password}
 */
public record User(
    UUID id,
    String email,
    String emailKey,
    String displayName,
    boolean emailVerified,
    boolean active,
    List<String> authMethods,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant lastLoginAt) {

  public User {
    authMethods = List.copyOf(authMethods);
  }

  /** The same user with other ways to sign in. */
  public User withAuthMethods(List<String> methods, Instant now) {
    return new User(
        id,
        email,
        emailKey,
        displayName,
        emailVerified,
        active,
        methods,
        createdAt,
        now,
        lastLoginAt);
  }

  /** The same user, switched on or off. */
  public User withActive(boolean on, Instant now) {
    return new User(
        id,
        email,
        emailKey,
        displayName,
        emailVerified,
        on,
        authMethods,
        createdAt,
        now,
        lastLoginAt);
  }

  /** The same user by another name, or at another address. */
  public User withProfile(String at, String key, String name, boolean verified, Instant now) {
    return new User(id, at, key, name, verified, active, authMethods, createdAt, now, lastLoginAt);
  }
}
