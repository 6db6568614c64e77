package dev.slipway.security.caller;

import dev.slipway.api.Ids;
import dev.slipway.api.Membership;
import dev.slipway.api.Role;
import dev.slipway.api.security.Principal;
import dev.slipway.api.spi.PrincipalSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Users with seats and API keys with a tenant; counts how often it is asked. */
final class FakeAccounts implements PrincipalSource {
  final Map<UUID, Map<UUID, Role>> users = new ConcurrentHashMap<>();
  final Map<String, Principal> keys = new ConcurrentHashMap<>();
  final UUID root = Ids.next();
  final AtomicInteger asked = new AtomicInteger();

  /** Runs after the answer was looked up and before it is given. */
  Runnable beforeAnswer = () -> {};

  FakeAccounts withSeat(UUID user, UUID tenant, Role role) {
    users.computeIfAbsent(user, id -> new HashMap<>()).put(tenant, role);
    return this;
  }

  @Override
  public Optional<Principal> user(UUID userId, UUID sessionId, @Nullable UUID tenantId) {
    asked.incrementAndGet();
    var answer =
        Optional.ofNullable(users.get(userId))
            .map(seats -> new Principal(userId, null, "ada@example.org", seat(seats, tenantId)));
    beforeAnswer.run();
    return answer;
  }

  @Override
  public Optional<Principal> member(UUID userId, UUID tenantId) {
    return user(userId, userId, tenantId);
  }

  @Override
  public Optional<Principal> apiKey(String sha256, @Nullable UUID tenantId) {
    asked.incrementAndGet();
    return Optional.ofNullable(keys.get(sha256))
        .map(
            key ->
                tenantId == null || tenantId.equals(tenantOf(key))
                    ? key
                    : new Principal(key.userId(), key.apiKeyId(), key.name(), null));
  }

  private static @Nullable UUID tenantOf(Principal key) {
    return key.membership() == null ? null : key.membership().tenantId();
  }

  private @Nullable Membership seat(Map<UUID, Role> seats, @Nullable UUID tenantId) {
    var asked = tenantId == null ? root : tenantId;
    var role = seats.get(asked);
    return role == null ? null : new Membership(asked, role, asked.equals(root));
  }
}
