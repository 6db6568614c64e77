package dev.slipway.deployments.service.rollout;

import dev.slipway.api.Caller;
import dev.slipway.api.CommonError;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.apps.Apps;
import dev.slipway.data.Database;
import dev.slipway.deployments.DeploymentStatus;
import dev.slipway.deployments.DeploymentsError;
import dev.slipway.deployments.health.Contrast;
import dev.slipway.deployments.health.Contrast.Advice;
import dev.slipway.deployments.health.Contrast.Delta;
import dev.slipway.deployments.health.Contrast.Requests;
import dev.slipway.deployments.service.rollout.Measures.Span;
import dev.slipway.deployments.store.DeploymentRow;
import dev.slipway.deployments.store.DeploymentStore;
import dev.slipway.deployments.store.RunStore;
import dev.slipway.deployments.store.StepKind;
import dev.slipway.deployments.store.StepRow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The requests of two deployments of an app side by side. */
@Component(service = TrafficComparisons.class)
public final class TrafficComparisons {
  private final Database database;
  private final DeploymentStore deployments;
  private final RunStore runs;
  private final Apps apps;
  private final Measures measures;

  @Activate
  public TrafficComparisons(
      @Reference Database database, @Reference Apps apps, @Reference Measures measures) {
    this.database = database;
    deployments = new DeploymentStore(database);
    runs = new RunStore(database);
    this.apps = apps;
    this.measures = measures;
  }

  /** A deployment, and the time of which its requests are compared; that is empty without any. */
  public record Side(UUID deploymentId, @Nullable String commitSha, Instant from, Instant to) {}

  /** A route of either. */
  public record Route(String path, Requests base, Requests candidate, Delta delta) {}

  /**
   * Two deployments side by side.
   *
   * @param rollbackTo what to go back to, where that is the advice; else null
   */
  public record Comparison(
      UUID appId,
      Side base,
      Side candidate,
      List<Route> routes,
      Advice advice,
      @Nullable UUID rollbackTo) {}

  /**
   * Compares; an app that the caller does not see is missing whatever else is.
   *
   * @param window how much of the time of each is looked at, back from when it ended or from now
   */
  public Comparison compare(
      Caller caller, UUID appId, @Nullable UUID base, @Nullable UUID candidate, Duration window) {
    var scope = Scope.of(caller);
    apps.require(scope, appId);
    return database.read(
        scope,
        () ->
            compare(
                scope,
                require(appId, base, "base"),
                require(appId, candidate, "candidate"),
                window));
  }

  private DeploymentRow require(UUID appId, @Nullable UUID id, String parameter) {
    if (id == null) {
      throw CommonError.INVALID.of().withField(parameter, "must not be null");
    }
    return deployments
        .find(id)
        .filter(row -> row.appId().equals(appId))
        .orElseThrow(() -> DeploymentsError.NOT_FOUND.at(parameter));
  }

  private Comparison compare(
      Scope scope, DeploymentRow base, DeploymentRow candidate, Duration window) {
    var baseSpan = span(base, window);
    var candidateSpan = span(candidate, window);
    var before = measures.requests(scope, base, baseSpan, true);
    var after = measures.requests(scope, candidate, candidateSpan, true);
    var advice = Contrast.advice(Contrast.total(before), Contrast.total(after));
    var back =
        advice.action() == Contrast.Action.ROLLBACK
            && candidate.status() == DeploymentStatus.LIVE
            && base.liveAt() != null;
    return new Comparison(
        base.appId(),
        side(base, baseSpan),
        side(candidate, candidateSpan),
        Contrast.routes(before, after).map(path -> route(path, before, after)).toList(),
        advice,
        back ? base.id() : null);
  }

  private static Route route(
      String path, Map<String, Requests> before, Map<String, Requests> after) {
    var base = before.getOrDefault(path, Requests.NONE);
    var candidate = after.getOrDefault(path, Requests.NONE);
    return new Route(path, base, candidate, Delta.of(base, candidate));
  }

  private static Side side(DeploymentRow row, Span span) {
    return new Side(row.id(), row.commitSha(), span.from(), span.to());
  }

  private Span span(DeploymentRow row, Duration window) {
    var from = firstRequest(row);
    if (from.isEmpty()) {
      return new Span(row.createdAt(), row.createdAt());
    }
    var to = end(row);
    var earliest = to.minus(window);
    return new Span(from.get().isAfter(earliest) ? from.get() : earliest, to);
  }

  /** When it may have got its first request: also a share counts. */
  private Optional<Instant> firstRequest(DeploymentRow row) {
    return runs.steps(row.id()).stream()
        .filter(step -> step.kind() == StepKind.SHIFT || step.kind() == StepKind.ROUTE)
        .map(StepRow::startedAt)
        .filter(Objects::nonNull)
        .findFirst();
  }

  private Instant end(DeploymentRow row) {
    var live = row.liveAt();
    if (live != null) {
      return deployments.replaced(row.place(), live).orElseGet(Times::now);
    }
    return Objects.requireNonNullElseGet(row.finishedAt(), Times::now);
  }
}
