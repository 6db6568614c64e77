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
}
