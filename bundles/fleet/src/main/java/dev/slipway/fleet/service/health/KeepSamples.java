package dev.slipway.fleet.service.health;

import dev.slipway.api.Scope;
import dev.slipway.api.spi.Job;
import dev.slipway.data.Database;
import dev.slipway.fleet.store.health.HealthStore;
import dev.slipway.fleet.store.health.SampleStore;
import dev.slipway.fleet.store.health.SampleStore.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Keeps the days' partitions of samples: the next ones made ahead, old ones dropped. */
@Component(service = Job.class)
public final class KeepSamples implements Job {
  private static final Scope EVERYONE = Scope.platform("partitions hold samples of all servers");
  private static final int DETAIL_DAYS = 7;
  private static final int KEPT_DAYS = 30;
  private static final Duration HISTORY = Duration.ofDays(90);

  private final Database db;
  private final SampleStore samples;
  private final HealthStore health;

  @Activate
  public KeepSamples(
      @Reference Database db, @Reference SampleStore samples, @Reference HealthStore health) {
    this.db = db;
    this.samples = samples;
    this.health = health;
    prepare();
  }

  @Override
  public String name() {
    return "fleet.keep-samples";
  }

  @Override
  public Duration every() {
    return Duration.ofHours(6);
  }

  @Override
  public void run() {
    prepare();
    var kept = today().minusDays(KEPT_DAYS);
    var detail = today().minusDays(DETAIL_DAYS);
    db.run(
        EVERYONE,
        () -> {
          samples.dropBefore(
              Map.of(
                  Kind.SYSTEM, kept,
                  Kind.CONTAINER, detail,
                  Kind.ROUTE, detail,
                  Kind.PROXY, detail,
                  Kind.ANALYTICS, kept,
                  Kind.SERVICE, detail,
                  Kind.HEALTH, detail,
                  Kind.CONTAINER_EVENT, kept));
          health.purge(Instant.now().minus(HISTORY));
        });
  }

  private void prepare() {
    for (var ahead = 0; ahead <= 2; ahead++) {
      var day = today().plusDays(ahead);
      db.run(EVERYONE, () -> samples.addDay(day));
    }
  }

  private static LocalDate today() {
    return LocalDate.now(ZoneOffset.UTC);
  }
}
