package dev.slipway.security.token;

import dev.slipway.api.CommonError;
import dev.slipway.api.Ids;
import dev.slipway.api.PlatformException;
import dev.slipway.api.event.Signals;
import dev.slipway.api.security.AccessTokens;
import dev.slipway.api.security.Secrets;
import dev.slipway.security.key.KeyRows;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that sign tokens, the same on all nodes. They are kept in memory and read again when a
 * rotation is signalled, every five minutes in case a signal was lost, and for a token with an
 * unknown key: at most once a second, so that forged tokens do not become database work.
 */
@Component(service = SigningKeys.class)
public final class SigningKeys {
  /**
   * How long a retired key verifies: until all its tokens expired and any node that missed the
   * rotation heard of it.
   */
  static final Duration AFTERLIFE = AccessTokens.LIFETIME.plusHours(2);

  static final Duration SIGNS_FOR = Duration.ofDays(30);

  private static final Logger LOG = LoggerFactory.getLogger(SigningKeys.class);
  private static final String TOPIC = "security.signing-keys";
  private static final Duration STALE_AFTER = Duration.ofMinutes(5);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
  private static final Duration UNKNOWN_PAUSE = Duration.ofSeconds(1);

  private final KeyRows rows;
  private final Secrets secrets;
  private final Signals signals;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private final ReentrantLock loading = new ReentrantLock();
  private final Signals.Subscription subscription;
  private volatile @Nullable Ring ring;
  private volatile Instant dueAt = Instant.EPOCH;

  /** Made by the component runtime. */
  @Activate
  public SigningKeys(
      @Reference KeyRows rows, @Reference Secrets secrets, @Reference Signals signals) {
    this(rows, secrets, signals, InstantSource.system());
  }

  SigningKeys(KeyRows rows, Secrets secrets, Signals signals, InstantSource clock) {
    this.rows = rows;
    this.secrets = secrets;
    this.signals = signals;
    this.clock = clock;
    subscription = signals.on(TOPIC, () -> dueAt = Instant.EPOCH);
  }

  @Deactivate
  void close() {
    subscription.close();
  }

  /** The key that signs now; made by whichever node asks first. */
  SigningKey active() {
    return fresh().active();
  }

  /** The key of this id, as long as it verifies. */
  Optional<SigningKey> find(String id) {
    var now = clock.instant();
    var known = fresh();
    var key = known.find(id);
    if (key.isEmpty() && Duration.between(known.loadedAt(), now).compareTo(UNKNOWN_PAUSE) >= 0) {
      key = reload(known).find(id);
    }
    return key.filter(found -> found.verifiesAt(now));
  }

  /** Replaces a key that has signed for long enough and removes those that no longer verify. */
  void rotate() {
    var now = clock.instant();
    var id = Ids.next();
    var sealed = sealedNew(id.toString());
    var changed =
        rows.run(
            on -> {
              SigningKeyRow.remove(on, now.minus(AFTERLIFE));
              return SigningKeyRow.retire(on, now, now.minus(SIGNS_FOR))
                  && SigningKeyRow.insert(on, id, sealed, now);
            });
    if (changed) {
      LOG.info("tokens are signed by the new key {}", id);
      signals.raise(TOPIC);
    }
  }

  private Ring fresh() {
    var known = ring;
    if (known == null) {
      return reload(null);
    }
    // One thread reads, the others go on with what is known.
    if (clock.instant().isBefore(dueAt) || !loading.tryLock()) {
      return known;
    }
    try {
      return reload(known);
    } catch (PlatformException unreachable) {
      LOG.warn("signing keys can not be read again; the known ones stay in use");
      return known;
    } finally {
      loading.unlock();
    }
  }

  /** Reads the keys unless another thread did since {@code seen}. */
  private Ring reload(@Nullable Ring seen) {
    loading.lock();
    try {
      var known = ring;
      if (known != null && known != seen) {
        return known;
      }
      // Before reading: a signal that comes meanwhile leads to another read.
      dueAt = clock.instant().plus(STALE_AFTER);
      var read = read();
      ring = read;
      return read;
    } catch (PlatformException failure) {
      dueAt = clock.instant().plus(RETRY_AFTER);
      throw failure;
    } finally {
      loading.unlock();
    }
  }

  private Ring read() {
    var now = clock.instant();
    var stored = rows.run(SigningKeyRow::all);
    if (stored.stream().noneMatch(row -> row.retiredAt() == null)) {
      var id = Ids.next();
      var sealed = sealedNew(id.toString());
      stored =
          rows.run(
              on -> {
                SigningKeyRow.insert(on, id, sealed, now);
                return SigningKeyRow.all(on);
              });
    }
    return new Ring(stored.stream().map(this::opened).toList(), now);
  }

  private SigningKey opened(SigningKeyRow row) {
    var secret = Base64.getDecoder().decode(secrets.open(null, place(row.id()), row.sealed()));
    return SigningKey.of(row.id(), secret, row.createdAt(), row.retiredAt());
  }

  private String sealedNew(String id) {
    var key = new byte[SigningKey.BYTES];
    random.nextBytes(key);
    return secrets.seal(null, place(id), Base64.getEncoder().encodeToString(key));
  }

  private static String place(String id) {
    return "security_signing_key/" + id + "/sealed";
  }

  /** What was read at one time; a handful of keys. */
  private record Ring(List<SigningKey> keys, Instant loadedAt) {
    Optional<SigningKey> find(String id) {
      return keys.stream().filter(key -> key.id().equals(id)).findFirst();
    }

    SigningKey active() {
      return keys.stream()
          .filter(key -> key.retiredAt() == null)
          .findFirst()
          .orElseThrow(() -> CommonError.UNAVAILABLE.of("The signing key"));
    }
  }
}
