package dev.slipway.deployments.service.rollout;

import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.spi.Job;
import dev.slipway.data.Database;
import dev.slipway.deployments.service.Batch;
import dev.slipway.deployments.store.rollout.ScoreStore;
import java.time.Duration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Scores versions on their first day, again and again. */
@Component(service = Job.class)
public final class ScoreJob implements Job {
  private static final Scope ALL = Scope.platform("live deployments of all tenants");
  private static final Duration FIRST_DAY = Duration.ofDays(1);

  /** Also the time before the first score, so that there is something to score. */
  private static final Duration PAUSE = Duration.ofMinutes(2);

  private static final int MOST = 200;

  private final Database database;
  private final ScoreStore store;
  private final Scores scores;

  @Activate
  public ScoreJob(@Reference Database database, @Reference Scores scores) {
    this.database = database;
    store = new ScoreStore(database);
    this.scores = scores;
  }

  @Override
  public String name() {
    return "deployments.score";
  }

  @Override
  public Duration every() {
    return Duration.ofSeconds(30);
  }

  @Override
  public void run() {
    var now = Times.now();
    Batch.each(
        database.read(ALL, () -> store.due(now.minus(FIRST_DAY), now.minus(PAUSE), MOST)),
        found -> scores.score(Scope.tenant(found.tenantId()), found.id()));
  }
}
