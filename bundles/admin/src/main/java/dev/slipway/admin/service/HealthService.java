package dev.slipway.admin.service;

import dev.slipway.admin.AdminError;
import dev.slipway.admin.Node;
import dev.slipway.admin.store.NodeMapper.Load;
import dev.slipway.admin.store.NodeStore;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.spi.Job;
import dev.slipway.data.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** How the nodes are, now and over the last 30 days. */
@Component(service = {HealthService.class, Job.class})
public final class HealthService implements Job {
  /** A node that was silent for longer is stale. */
  public static final Duration PATIENCE = Duration.ofSeconds(90);

  private static final Scope SCOPE = Scope.platform("nodes belong to the platform");
  private static final Duration SHOWN = Duration.ofDays(7);
  private static final int KEPT_DAYS = 31;

  private final Database database;
  private final NodeStore store;

  @Activate
  public HealthService(@Reference Database database) {
    this.database = database;
    store = new NodeStore(database);
    database.run(SCOPE, this::prepare);
  }

  /** Over how long to look, and how finely. */
  public enum Range {
    HOUR("1h", Duration.ofHours(1), 60),
    SIX_HOURS("6h", Duration.ofHours(6), 300),
    DAY("24h", Duration.ofDays(1), 900),
    WEEK("7d", Duration.ofDays(7), 3_600),
    MONTH("30d", Duration.ofDays(30), 21_600);

    private final String word;
    private final Duration length;
    private final int seconds;

    Range(String word, Duration length, int seconds) {
      this.word = word;
      this.length = length;
      this.seconds = seconds;
    }

    /** As clients write it. */
    public String word() {
      return word;
    }
  }

  /** Load over a time. */
  public record Series(List<Load> load, Instant from, Instant to) {}

  /** The nodes that lived in the last week. */
  public List<Node> nodes() {
    return database.read(SCOPE, () -> store.since(Times.now().minus(SHOWN)));
  }

  /** Load of a node or, where that is null, of all together. */
  public Series load(@Nullable UUID nodeId, Range range) {
    var to = Times.now();
    var from = to.minus(range.length);
    return database.read(
        SCOPE,
        () -> {
          if (nodeId != null && store.find(nodeId) == null) {
            throw AdminError.NODE_NOT_FOUND.at("node");
          }
          return new Series(store.load(nodeId, from, to, range.seconds), from, to);
        });
  }

  /** The newest load of each living node. */
  public List<Load> current() {
    return database.read(SCOPE, () -> store.current(Times.now().minus(PATIENCE)));
  }

  @Override
  public String name() {
    return "admin.metric-partitions";
  }

  @Override
  public Duration every() {
    return Duration.ofHours(6);
  }

  @Override
  public void run() {
    database.run(
        SCOPE,
        () -> {
          prepare();
          store.dropBefore(
              today().minusDays(KEPT_DAYS), Instant.now().minus(Duration.ofDays(KEPT_DAYS)));
        });
  }

  private void prepare() {
    for (var ahead = 0; ahead <= 2; ahead++) {
      store.addDay(today().plusDays(ahead));
    }
  }

  private static LocalDate today() {
    return LocalDate.now(ZoneOffset.UTC);
  }
}
