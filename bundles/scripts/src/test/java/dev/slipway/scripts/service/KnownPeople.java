package dev.slipway.scripts.service;

import dev.slipway.accounts.ApiKey;
import dev.slipway.accounts.ApiKeys;
import dev.slipway.accounts.DeletionPreview;
import dev.slipway.accounts.Seat;
import dev.slipway.accounts.User;
import dev.slipway.accounts.UserSeats;
import dev.slipway.accounts.Users;
import dev.slipway.api.Caller;
import dev.slipway.api.Role;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Users that have a seat wherever they are asked for, until the test takes it away. */
public final class KnownPeople implements Users, ApiKeys {
  private final Set<UUID> gone = new HashSet<>();
  private final Map<UUID, UUID> seats = new HashMap<>();

  /** The user has a seat there. */
  public synchronized void seat(UUID userId, UUID tenantId) {
    seats.put(userId, tenantId);
  }

  /** The user has no access any more. */
  public synchronized void remove(UUID userId) {
    gone.add(userId);
  }

  @Override
  public synchronized Optional<User> find(UUID userId) {
    var now = Instant.EPOCH;
    return Optional.of(
        new User(
            userId,
            "owner@example.com",
            "owner@example.com",
            "Owner",
            true,
            !gone.contains(userId),
            List.of(),
            now,
            now,
            null));
  }

  @Override
  public synchronized List<Seat> seats(UUID userId) {
    var tenant = seats.get(userId);
    return tenant == null
        ? List.of()
        : List.of(new Seat(tenant, "Tenant", "tenant", Role.ADMIN, false, Instant.EPOCH));
  }

  @Override
  public int count() {
    throw new UnsupportedOperationException();
  }

  @Override
  public int activeSince(Instant since) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<UserSeats> list() {
    throw new UnsupportedOperationException();
  }

  @Override
  public User require(UUID userId) {
    throw new UnsupportedOperationException();
  }

  @Override
  public User edit(
      Caller caller, UUID userId, @Nullable String email, @Nullable String displayName) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setActive(Caller caller, UUID userId, boolean active) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setRole(Caller caller, UUID userId, UUID tenantId, Role role) {
    throw new UnsupportedOperationException();
  }

  @Override
  public DeletionPreview previewDeletion(Caller caller, UUID userId) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void delete(
      Caller caller,
      UUID userId,
      Map<UUID, UUID> replacementOwners,
      Set<UUID> confirmTenantDeletions) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Minted create(Caller caller, String name, ApiKey.Authority authority) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<ApiKey> list(Caller caller) {
    return List.of();
  }

  @Override
  public void revoke(Caller caller, UUID keyId) {
    throw new UnsupportedOperationException();
  }
}
