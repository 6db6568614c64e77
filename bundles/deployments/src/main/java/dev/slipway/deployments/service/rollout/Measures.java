package dev.slipway.deployments.service.rollout;

import dev.slipway.api.Scope;
import dev.slipway.api.platform.Json;
import dev.slipway.data.Database;
import dev.slipway.deployments.engine.Fleet;
import dev.slipway.deployments.health.Contrast;
import dev.slipway.deployments.health.Contrast.Requests;
import dev.slipway.deployments.health.Vitals;
import dev.slipway.deployments.service.Names;
import dev.slipway.deployments.service.Places;
import dev.slipway.deployments.service.ProcessUnit;
import dev.slipway.deployments.service.Recipe;
import dev.slipway.deployments.store.DeploymentRow;
import dev.slipway.deployments.store.RunStore;
import dev.slipway.deployments.store.StepKind;
import dev.slipway.deployments.store.StepRow;
import dev.slipway.deployments.store.StepStatus;
import dev.slipway.fleet.Edges;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What was measured of versions; every call needs a unit of work. */
@Component(service = Measures.class)
public final class Measures {
  private final RunStore runs;
  private final Places places;
  private final Fleet fleet;
  private final Json json;

  @Activate
  public Measures(
      @Reference Database database,
      @Reference Places places,
      @Reference Fleet fleet,
      @Reference Json json) {
    runs = new RunStore(database);
    this.places = places;
    this.fleet = fleet;
    this.json = json;
  }

  /** A time, open at its start. */
  record Span(Instant from, Instant to) {}

  /**
   * How a version did.
   *
   * @param alone whether all requests of its host name were its own in that time; else it is told
   *     apart by its containers, where the agent names them
   */
  Vitals vitals(Scope scope, DeploymentRow version, Span span, boolean alone) {
    var requests = Contrast.total(requests(scope, version, span, alone));
    var wear =
        fleet.edges().wear(scope, version.serverId(), all(scope, version), span.from, span.to);
    var checks =
        runs.steps(version.id()).stream()
            .filter(step -> step.kind() == StepKind.HEALTH || step.kind() == StepKind.GATE)
            .map(StepRow::status)
            .filter(status -> status == StepStatus.SUCCEEDED || status == StepStatus.FAILED)
            .toList();
    var passed = checks.stream().filter(status -> status == StepStatus.SUCCEEDED).count();
    return new Vitals(
        requests.requests(),
        requests.failed(),
        requests.requests() == 0 ? null : requests.p95Ms(),
        wear.restarts(),
        checks.size(),
        (int) passed,
        wear.memoryPercent());
  }

  /** Whether a version was measured in a time. */
  boolean hasAny(Scope scope, DeploymentRow version, Span span) {
    var names = containers(scope, version);
    return fleet.edges().wear(scope, version.serverId(), names, span.from, span.to).samples() > 0;
  }

  /** Its requests by path. */
  Map<String, Requests> requests(Scope scope, DeploymentRow version, Span span, boolean alone) {
    var question =
        new Edges.Question(
            version.serverId(),
            alone ? host(scope, version) : null,
            containers(scope, version),
            span.from,
            span.to);
    return fleet.edges().passed(scope, question).stream()
        .collect(
            Collectors.toMap(
                Edges.Passed::path,
                passed ->
                    new Requests(
                        passed.requests(),
                        passed.failed(),
                        passed.latencyP50Ms(),
                        passed.latencyP95Ms(),
                        passed.latencyP99Ms()),
                Requests::and));
  }

  private @Nullable String host(Scope scope, DeploymentRow version) {
    return fleet
        .servers()
        .find(scope, version.serverId())
        .filter(server -> places.exists(scope, version.place()))
        .map(server -> Names.host(places.label(scope, version.place()), server))
        .orElse(null);
  }

  /** With those of its processes, which nobody asks but which may restart or want for memory. */
  private List<String> all(Scope scope, DeploymentRow version) {
    var recipe = Recipe.read(json, version.recipe());
    var besides = ProcessUnit.containers(slug(scope, version.appId()), version.id(), recipe);
    return Stream.concat(containers(scope, version).stream(), besides.stream()).toList();
  }

  /** Also of a version whose containers are gone. */
  private List<String> containers(Scope scope, DeploymentRow version) {
    var replicas = Recipe.read(json, version.recipe()).replicas();
    return Names.containers(slug(scope, version.appId()), version.id(), replicas);
  }

  private String slug(Scope scope, UUID appId) {
    return places.apps().require(scope, appId).slug();
  }
}
