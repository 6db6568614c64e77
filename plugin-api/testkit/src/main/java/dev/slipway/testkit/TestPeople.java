package dev.slipway.testkit;

import dev.slipway.api.Membership;
import dev.slipway.api.security.Principal;
import dev.slipway.api.spi.PrincipalSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Stands for the accounts feature: knows the users whom a test has let in, and their one seat each.
 */
final class TestPeople implements PrincipalSource {
  private final Map<UUID, Membership> seats = new ConcurrentHashMap<>();

  void seat(UUID userId, Membership membership) {
    seats.put(userId, membership);
  }

  @Override
  public Optional<Principal> user(UUID userId, UUID sessionId, @Nullable UUID tenantId) {
    var seat = seats.get(userId);
    if (seat == null) {
      return Optional.empty();
    }
    var asked = tenantId == null ? seat.root() : seat.tenantId().equals(tenantId);
    var member = asked ? seat : null;
    return Optional.of(new Principal(userId, null, userId + "@example.com", member));
  }

  /** The user is gone, or switched off. */
  void unseat(UUID userId) {
    seats.remove(userId);
  }

  @Override
  public Optional<Principal> member(UUID userId, UUID tenantId) {
    return Optional.ofNullable(seats.get(userId))
        .map(seat -> seat.tenantId().equals(tenantId) ? seat : null)
        .map(seat -> new Principal(userId, null, userId + "@example.com", seat));
  }

  @Override
  public Optional<Principal> apiKey(String sha256, @Nullable UUID tenantId) {
    return Optional.empty();
  }
}
