package dev.slipway.security.caller;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.slipway.api.CommonError;
import dev.slipway.api.Membership;
import dev.slipway.api.event.Signals;
import dev.slipway.api.security.Principal;
import dev.slipway.api.security.PrincipalCache;
import dev.slipway.api.spi.PrincipalSource;
import dev.slipway.api.spi.UserActivityListener;
import dev.slipway.data.Database;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * What the accounts feature said of a credential, for a minute at most and until someone takes it
 * back. Refusals are kept for two seconds, apart from the others, so that guessed keys push no real
 * caller out.
 */
@Component(service = {PrincipalCache.class, RememberedPrincipals.class})
public final class RememberedPrincipals implements PrincipalCache {
  private static final String TOPIC = "principal:";
  private static final int MAX_KNOWN = 20_000;
  private static final int MAX_REFUSED = 4_000;
  private static final Duration KNOWN_FOR = Duration.ofSeconds(60);
  private static final Duration REFUSED_FOR = Duration.ofSeconds(2);

  private final Database database;
  private final Signals signals;
  private final Signals.Subscription subscription;
  private final Cache<CredentialKey, Optional<Principal>> known;
  private final Cache<CredentialKey, Optional<Principal>> refused;
  private final AtomicLong forgotten = new AtomicLong();
  private final AtomicReference<@Nullable PrincipalSource> source = new AtomicReference<>();
  private final List<UserActivityListener> activity = new CopyOnWriteArrayList<>();

  /** Made by the component runtime. */
  @Activate
  public RememberedPrincipals(@Reference Database database, @Reference Signals signals) {
    this(database, signals, Ticker.systemTicker());
  }

  RememberedPrincipals(Database database, Signals signals, Ticker ticker) {
    this.database = database;
    this.signals = signals;
    known = cache(MAX_KNOWN, KNOWN_FOR, ticker);
    refused = cache(MAX_REFUSED, REFUSED_FOR, ticker);
    subscription = signals.onPrefix(TOPIC, this::heard);
  }

  @Deactivate
  void close() {
    subscription.close();
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  public void bindSource(PrincipalSource arrived) {
    source.set(arrived);
  }

  public void unbindSource(PrincipalSource left) {
    source.compareAndSet(left, null);
  }

  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  public void bindActivity(UserActivityListener arrived) {
    activity.add(arrived);
  }

  public void unbindActivity(UserActivityListener left) {
    activity.remove(left);
  }

  @Override
  public void forget(UUID userOrTenantOrKey) {
    signals.raise(TOPIC + userOrTenantOrKey);
    // The signal takes a moment to come round; on this node the very next request must know.
    try {
      database.afterCommit(() -> drop(userOrTenantOrKey));
    } catch (IllegalStateException outsideWritingUnit) {
      drop(userOrTenantOrKey);
    }
  }

  @Override
  public Optional<Principal> member(UUID userId, UUID tenantId) {
    return find(new CredentialKey.OfMember(userId, tenantId));
  }

  /**
   * Who stands behind the credential.
   *
   * @throws dev.slipway.api.PlatformException 503 while no feature knows the accounts
   */
  Optional<Principal> find(CredentialKey key) {
    var remembered = known.getIfPresent(key);
    if (remembered == null) {
      remembered = refused.getIfPresent(key);
    }
    return remembered == null ? load(key) : remembered;
  }

  /** A user's seat in a tenant at this moment, which is not remembered. */
  Optional<Membership> seat(UUID userId, UUID tenantId) {
    return accounts().member(userId, tenantId).map(Principal::membership);
  }

  private PrincipalSource accounts() {
    var asked = source.get();
    if (asked == null) {
      throw CommonError.UNAVAILABLE.of("Sign-in").retryAfter(Duration.ofSeconds(2));
    }
    return asked;
  }

  private Optional<Principal> load(CredentialKey key) {
    var asked = accounts();
    var before = forgotten.get();
    var answer = key.ask(asked);
    if (key instanceof CredentialKey.OfUser) {
      answer
          .map(Principal::userId)
          .ifPresent(user -> activity.forEach(listener -> listener.active(user)));
    }
    var cache = isRefusal(key, answer) ? refused : known;
    cache.put(key, answer);
    // Read again after the put: whoever forgot something meanwhile has either been counted here or
    // sees the entry itself.
    if (forgotten.get() != before) {
      cache.invalidate(key);
    }
    return answer;
  }

  private static boolean isRefusal(CredentialKey key, Optional<Principal> answer) {
    return answer.isEmpty() || (key.tenantId() != null && answer.get().membership() == null);
  }

  private void heard(String id) {
    try {
      drop(UUID.fromString(id));
    } catch (IllegalArgumentException notAnId) {
      // After a lost connection nobody knows what was missed.
      forgotten.incrementAndGet();
      known.invalidateAll();
      refused.invalidateAll();
    }
  }

  private void drop(UUID id) {
    forgotten.incrementAndGet();
    known.asMap().entrySet().removeIf(entry -> concerns(entry, id));
    refused.asMap().entrySet().removeIf(entry -> concerns(entry, id));
  }

  private static boolean concerns(Map.Entry<CredentialKey, Optional<Principal>> entry, UUID id) {
    var principal = entry.getValue().orElse(null);
    if (entry.getKey().names(id) || principal == null) {
      return entry.getKey().names(id);
    }
    var membership = principal.membership();
    return id.equals(principal.userId())
        || id.equals(principal.apiKeyId())
        || (membership != null && id.equals(membership.tenantId()));
  }

  private static Cache<CredentialKey, Optional<Principal>> cache(
      int size, Duration kept, Ticker ticker) {
    return Caffeine.newBuilder().maximumSize(size).expireAfterWrite(kept).ticker(ticker).build();
  }
}
