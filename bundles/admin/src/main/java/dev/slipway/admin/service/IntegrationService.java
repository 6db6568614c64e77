package dev.slipway.admin.service;

import dev.slipway.admin.store.NodeStore;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.spi.Integration;
import dev.slipway.data.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the outside systems, all at once, none for longer than five seconds. */
@Component(service = IntegrationService.class)
public final class IntegrationService {
  private static final Logger LOG = LoggerFactory.getLogger(IntegrationService.class);
  private static final Scope SCOPE = Scope.platform("integrations belong to the platform");
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final Database database;
  private final NodeStore store;
  private final List<Integration> integrations = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  @Activate
  public IntegrationService(@Reference Database database) {
    this.database = database;
    store = new NodeStore(database);
    integrations.add(new PostgreSql());
  }

  @Deactivate
  public void close() {
    threads.shutdownNow();
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void addIntegration(Integration integration) {
    integrations.add(integration);
  }

  void removeIntegration(Integration integration) {
    integrations.remove(integration);
  }

  /** What a look has found; the time it took is null where nothing is configured. */
  public record Looked(
      String name,
      Integration.Status status,
      @Nullable String message,
      Instant at,
      @Nullable Long millis,
      long calls24h) {}

  /** Looks at all of them. */
  public List<Looked> look() throws InterruptedException {
    var calls = database.read(SCOPE, () -> store.calls(Times.now().minus(Duration.ofHours(24))));
    var pending = new LinkedHashMap<String, Future<Looked>>();
    for (var each : integrations) {
      var count = calls.getOrDefault(each.name(), 0L);
      pending.put(each.name(), threads.submit(() -> look(each, count)));
    }
    var found = new ArrayList<Looked>();
    for (var each : pending.entrySet()) {
      var count = calls.getOrDefault(each.getKey(), 0L);
      found.add(answer(each.getKey(), each.getValue(), count));
    }
    found.sort(Comparator.comparing(Looked::name));
    return found;
  }

  private static Looked answer(String name, Future<Looked> pending, long calls)
      throws InterruptedException {
    try {
      return pending.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException slow) {
      pending.cancel(true);
      return failed(name, "no answer within " + LIMIT.toSeconds() + " seconds", calls);
    } catch (ExecutionException failure) {
      LOG.warn("{} could not be looked at", name, failure.getCause());
      return failed(name, "the check itself failed", calls);
    }
  }

  private static Looked failed(String name, String message, long calls) {
    return new Looked(
        name, Integration.Status.UNHEALTHY, message, Times.now(), LIMIT.toMillis(), calls);
  }

  private static Looked look(Integration integration, long calls) {
    var began = System.nanoTime();
    var check = integration.check();
    var millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    return new Looked(
        integration.name(),
        check.status(),
        check.message(),
        Times.now(),
        check.status() == Integration.Status.NOT_CONFIGURED ? null : millis,
        calls);
  }

  private final class PostgreSql implements Integration {
    @Override
    public String name() {
      return "postgresql";
    }

    @Override
    public Check check() {
      database.read(SCOPE, store::transactions);
      return new Check(Status.HEALTHY, null);
    }
  }
}
