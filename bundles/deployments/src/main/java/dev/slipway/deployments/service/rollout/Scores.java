package dev.slipway.deployments.service.rollout;

import dev.slipway.api.Caller;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.platform.Json;
import dev.slipway.data.Database;
import dev.slipway.deployments.DeploymentsError;
import dev.slipway.deployments.health.Limits;
import dev.slipway.deployments.health.Score;
import dev.slipway.deployments.health.Scoring;
import dev.slipway.deployments.health.Vitals;
import dev.slipway.deployments.store.DeploymentRow;
import dev.slipway.deployments.store.DeploymentStore;
import dev.slipway.deployments.store.rollout.ScoreRow;
import dev.slipway.deployments.store.rollout.ScoreStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Keeps the newest health score of each deployment. */
@Component(service = Scores.class)
public final class Scores {
  /** How far back a live version is looked at, and the version before it while that was live. */
  static final Duration WINDOW = Duration.ofMinutes(15);

  private final Database database;
  private final DeploymentStore deployments;
  private final ScoreStore scores;
  private final Measures measures;
  private final Json json;

  @Activate
  public Scores(@Reference Database database, @Reference Measures measures, @Reference Json json) {
    this.database = database;
    deployments = new DeploymentStore(database);
    scores = new ScoreStore(database);
    this.measures = measures;
    this.json = json;
  }

  /** The newest score; refuses with 404 where there is none yet. */
  public ScoreRow get(Caller caller, UUID deploymentId) {
    return database.read(
        Scope.of(caller),
        () -> {
          deployments.find(deploymentId).orElseThrow(DeploymentsError.NOT_FOUND::of);
          return scores.find(deploymentId).orElseThrow(DeploymentsError.NOT_SCORED::of);
        });
  }

  /** Scores a deployment that is live, against the one that was before it. */
  void score(Scope scope, UUID id) {
    database.run(
        scope,
        () -> {
          deployments
              .find(id)
              .filter(row -> row.liveAt() != null)
              .ifPresent(row -> score(scope, row, row.liveAt()));
        });
  }

  private void score(Scope scope, DeploymentRow row, Instant liveAt) {
    var now = Times.now();
    var from = later(liveAt, now.minus(WINDOW));
    var before =
        deployments
            .previous(row)
            .filter(old -> old.serverId().equals(row.serverId()))
            .map(
                old ->
                    measures.vitals(
                        scope, old, new Measures.Span(liveAt.minus(WINDOW), liveAt), true))
            .orElse(Vitals.NONE);
    var vitals = measures.vitals(scope, row, new Measures.Span(from, now), true);
    keep(row, Scoring.of(vitals, before, Limits.NONE), Duration.between(from, now));
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  /** The newest score of a deployment. */
  void keep(DeploymentRow row, Score score, Duration window) {
    scores.put(
        new ScoreRow(
            row.id(),
            row.tenantId(),
            row.appId(),
            score.score(),
            score.verdict().name().toLowerCase(Locale.ROOT),
            components(score),
            (int) window.toSeconds(),
            Times.now()));
  }

  private List<Map<String, @Nullable Object>> components(Score score) {
    return score.components().stream().map(json::members).toList();
  }
}
