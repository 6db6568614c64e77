package dev.slipway.http.limit;

import dev.slipway.api.CurrentOperation;
import dev.slipway.api.Scope;
import dev.slipway.api.security.Secrets;
import dev.slipway.data.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests that came with an Idempotency-Key, in the database, so that all nodes share them. What
 * they were answered is sealed: it may be the only time that a new key or token is shown. A request
 * that this node works on is renewed again and again, so that one of a crash is known by its age.
 */
@Component(service = KeyedRequests.class)
public final class KeyedRequests implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KeyedRequests.class);
  private static final Duration RENEWED = Duration.ofSeconds(10);
  private static final Duration ABANDONED = Duration.ofMinutes(1);
  private static final Scope SCOPE = Scope.platform("idempotency keys of all tenants");

  private final Database database;
  private final RememberedMapper requests;
  private final Secrets secrets;
  private final Set<UUID> live = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService renewals =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("idempotency-keys").factory());

  /** Made by the component runtime. */
  @Activate
  public KeyedRequests(@Reference Database database, @Reference Secrets secrets) {
    this.database = database;
    this.secrets = secrets;
    requests = database.mapper(RememberedMapper.class);
    var pause = RENEWED.toMillis();
    renewals.scheduleWithFixedDelay(this::renew, pause, pause, TimeUnit.MILLISECONDS);
  }

  /** Whether the key was free and is this request's now. */
  boolean claim(Remembered request) {
    var claimed = change(() -> requests.claim(request)) == 1;
    if (claimed) {
      live.add(request.id());
    }
    return claimed;
  }

  /** This node works on a request no longer. */
  void ended(UUID id) {
    live.remove(id);
  }

  private void renew() {
    var ids = List.copyOf(live);
    if (ids.isEmpty()) {
      return;
    }
    try {
      change(() -> requests.renew(ids, Instant.now()));
    } catch (RuntimeException failure) {
      // The next time comes before anyone takes them for abandoned.
      LOG.warn("keys of {} requests are not renewed: {}", ids.size(), failure.getMessage());
    }
  }

  /** Gives the key of a request back that its node has not renewed for a while. */
  void abandon(Remembered request) {
    var before = Instant.now().minus(ABANDONED);
    if (request.aliveAt().isBefore(before)) {
      change(() -> requests.abandon(request.id(), before));
    }
  }

  @Override
  @Deactivate
  public void close() {
    renewals.shutdownNow();
  }

  /** What is known of the key of a request. */
  @Nullable Remembered find(Remembered request) {
    return database.read(
        SCOPE, () -> requests.find(request.holder(), request.operation(), request.key()));
  }

  /** Keeps the answer. */
  void answered(UUID id, int status, @Nullable String mediaType, @Nullable String body) {
    var sealed = body == null ? null : secrets.seal(null, place(id), body);
    change(() -> requests.answered(id, status, mediaType, sealed));
  }

  /** The body that a request was answered with; null where there was none. */
  @Nullable String body(Remembered request) {
    var sealed = request.sealedBody();
    return sealed == null ? null : secrets.open(null, place(request.id()), sealed);
  }

  /** Gives a key back. */
  void release(UUID id) {
    change(() -> requests.release(id));
  }

  private static String place(UUID id) {
    return "http_idempotency/" + id + "/body";
  }

  /** Not part of the operation: its audit row belongs to its own change, which may never come. */
  private int change(IntSupplier change) {
    var changed = new AtomicInteger();
    CurrentOperation.bound(() -> database.run(SCOPE, () -> changed.set(change.getAsInt())));
    return changed.get();
  }
}
