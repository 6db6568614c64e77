package dev.slipway.apps.service.secret;

import dev.slipway.api.PlatformException;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.event.Signals;
import dev.slipway.api.security.Secrets;
import dev.slipway.apps.EnvVar;
import dev.slipway.apps.store.SealedValue;
import dev.slipway.apps.store.SecretLeaseStore;
import dev.slipway.data.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes this node mask every secret value that something running may print, also those that another
 * node has handed out, that were handed out before this node's start, or that were replaced since.
 */
@Component(service = KnownSecrets.class, immediate = true)
public final class KnownSecrets implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KnownSecrets.class);
  private static final Scope ALL = Scope.platform("secrets of all tenants are masked");
  private static final int PAGE = 500;

  /** A signal can be lost. */
  private static final Duration PAUSE = Duration.ofSeconds(30);

  /** As many as are masked at most. */
  private static final int MOST = 50_000;

  private static final UUID FIRST = new UUID(0, 0);

  /** Clocks of nodes differ, and a value is noted a moment before the commit. */
  private static final Duration OVERLAP = Duration.ofMinutes(2);

  private final Database database;
  private final Secrets secrets;
  private final SecretLeaseStore leases;
  private final Signals.Subscription taken;

  private final Semaphore wake = new Semaphore(0);
  private final Thread thread;
  private boolean complete;
  private Instant seen = Times.now();

  /** Made by the component runtime. */
  @Activate
  public KnownSecrets(
      @Reference Database database, @Reference Secrets secrets, @Reference Signals signals) {
    this.database = database;
    this.secrets = secrets;
    leases = new SecretLeaseStore(database);
    taken = signals.on(PublishedLeases.TOPIC, wake::release);
    thread = Thread.ofVirtual().name("known secrets").start(this::work);
  }

  @Override
  @Deactivate
  public void close() {
    taken.close();
    thread.interrupt();
  }

  private void work() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        look();
        if (wake.tryAcquire(PAUSE.toSeconds(), TimeUnit.SECONDS)) {
          wake.drainPermits();
        }
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    try {
      if (complete) {
        learnTaken();
      } else {
        learnAll();
        complete = true;
      }
    } catch (PlatformException failure) {
      LOG.warn("not all secrets in use are masked yet; it is tried again", failure);
    }
  }

  /** What is in use, and what may come to be. */
  private void learnAll() {
    var after = FIRST;
    var known = 0;
    List<SealedValue> page;
    do {
      var from = after;
      page = database.read(ALL, () -> leases.inUse(from, PAGE));
      page.forEach(this::learn);
      known += page.size();
      after = page.isEmpty() ? after : page.getLast().id();
    } while (page.size() == PAGE && known < MOST);
  }

  /** What was handed out since the last look. */
  private void learnTaken() {
    var now = Times.now();
    var since = seen.minus(OVERLAP);
    database.read(ALL, () -> leases.takenSince(since, MOST)).forEach(this::learn);
    seen = now;
  }

  private void learn(SealedValue value) {
    try {
      secrets.protect(
          secrets.open(value.tenantId(), EnvVar.place(value.envVarId()), value.value()));
    } catch (PlatformException forged) {
      LOG.warn("a value of variable {} can not be masked", value.envVarId(), forged);
    }
  }
}
