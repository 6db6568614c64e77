package dev.slipway.deployments.service.build;

import dev.slipway.api.Ids;
import dev.slipway.api.PlatformException;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.platform.Json;
import dev.slipway.data.Database;
import dev.slipway.deployments.DeploymentsEvent;
import dev.slipway.deployments.engine.Fleet;
import dev.slipway.deployments.service.Ledger;
import dev.slipway.deployments.service.Recipe;
import dev.slipway.deployments.service.Removals;
import dev.slipway.deployments.service.Variables;
import dev.slipway.deployments.service.order.Dockerfiles;
import dev.slipway.deployments.store.DeploymentRow;
import dev.slipway.deployments.store.DeploymentStore;
import dev.slipway.deployments.store.StepKind;
import dev.slipway.deployments.store.StepRow;
import dev.slipway.deployments.store.build.BuildRow;
import dev.slipway.deployments.store.build.BuildStore;
import dev.slipway.fleet.Server;
import dev.slipway.fleet.ServerRuntime;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Records each build as the agent's contract lets it be known. What no agent reports is left open:
 * digests, sizes, the packages inside, and whether a cache was of use.
 */
@Component(service = Builds.class)
public final class Builds {
  private static final List<String> RUNTIMES =
      List.of("node", "python", "go", "php", "dotnet", "java", "deno", "bun", "ruby", "rust");

  private final SecureRandom random = new SecureRandom();
  private final BuildStore builds;
  private final DeploymentStore deployments;
  private final Variables variables;
  private final Ledger ledger;
  private final Removals removals;
  private final Fleet fleet;
  private final Json json;

  @Activate
  public Builds(
      @Reference Database database,
      @Reference Variables variables,
      @Reference Ledger ledger,
      @Reference Removals removals,
      @Reference Fleet fleet,
      @Reference Json json) {
    builds = new BuildStore(database);
    deployments = new DeploymentStore(database);
    this.variables = variables;
    this.ledger = ledger;
    this.removals = removals;
    this.fleet = fleet;
    this.json = json;
  }

  /** An image was made; its source is not needed any more. */
  public void built(Scope scope, DeploymentRow row, StepRow step, List<StepRow> plan) {
    var build = record(scope, row, step, plan, BuildRow.Status.SUCCEEDED);
    deployments.built(row.id(), build.id(), build.releaseName());
    removals.source(scope, row);
  }

  /** No image came of it. */
  public void failed(Scope scope, DeploymentRow row, StepRow step, List<StepRow> plan) {
    record(scope, row, step, plan, BuildRow.Status.FAILED);
  }

  /** With which variables a deployment runs, to be compared with others later. */
  public void starts(Scope scope, DeploymentRow row) {
    if (row.variables() == null) {
      deployments.variables(row.id(), variables.fingerprint(scope, row));
    }
  }

  private BuildRow record(
      Scope scope, DeploymentRow row, StepRow step, List<StepRow> plan, BuildRow.Status status) {
    var onHost =
        fleet.servers().find(scope, row.serverId()).map(Server::runtime).orElse(null)
            == ServerRuntime.PROCESS;
    var detected = detected(row, plan);
    var base = onHost ? null : base(row, detected);
    var now = Times.now();
    var build =
        new BuildRow(
            Ids.next(),
            row.tenantId(),
            row.appId(),
            row.id(),
            freeName(),
            row.commitSha(),
            row.branch(),
            pair("name", text(detected, "name"), "version", null),
            runtime(detected),
            pair("image", base, "digest", null),
            row.image(),
            onHost ? "host" : base == null ? "dockerfile" : "generated",
            Duration.between(Objects.requireNonNullElse(step.startedAt(), now), now).toMillis(),
            status,
            now);
    builds.insert(build);
    ledger.publish(
        new DeploymentsEvent.BuildRecorded(
            row.tenantId(), row.appId(), row.id(), build.id(), build.releaseName(), status.name()));
    return build;
  }

  private String freeName() {
    var name = ReleaseNames.next(random);
    while (builds.byRelease(name).isPresent()) {
      name = ReleaseNames.next(random);
    }
    return name;
  }

  private Map<String, @Nullable Object> detected(DeploymentRow row, List<StepRow> plan) {
    var found = detected(plan);
    if (Recipe.read(json, row.recipe()).composes()) {
      found.put("name", "compose");
    } else if (found.isEmpty() && Recipe.read(json, row.recipe()).dockerfilePath() != null) {
      // Nobody was asked.
      found.put("name", "dockerfile");
    }
    return found;
  }

  private Map<String, @Nullable Object> detected(List<StepRow> plan) {
    var result =
        plan.stream()
            .filter(step -> step.kind() == StepKind.DETECT)
            .map(StepRow::result)
            .filter(Objects::nonNull)
            .findFirst();
    try {
      return result.map(text -> json.read(text, Detected.class)).orElseGet(Detected::new);
    } catch (IllegalArgumentException notJson) {
      return new Detected();
    }
  }

  /** What the agent says of a source, member by member. */
  private static final class Detected extends LinkedHashMap<String, @Nullable Object> {}

  private static Map<String, @Nullable String> runtime(Map<String, @Nullable Object> detected) {
    return RUNTIMES.stream()
        .filter(name -> text(detected, name + "_version") != null)
        .findFirst()
        .map(name -> pair("name", name, "version", text(detected, name + "_version")))
        .orElseGet(() -> pair("name", null, "version", null));
  }

  /** What a Dockerfile that the platform wrote stands on; null where the source has its own. */
  private @Nullable String base(DeploymentRow row, Map<String, @Nullable Object> detected) {
    if (detected.isEmpty()) {
      return null;
    }
    var recipe = Recipe.read(json, row.recipe());
    try {
      var file = new Dockerfiles(json, recipe, Set.of()).of(json.write(detected));
      return file == null
          ? null
          : file.lines()
              .filter(line -> line.startsWith("FROM "))
              .reduce((first, last) -> last)
              .map(line -> line.substring("FROM ".length()).split(" ")[0])
              .orElse(null);
    } catch (PlatformException noRecipe) {
      return null;
    }
  }

  private static @Nullable String text(Map<String, @Nullable Object> members, String name) {
    var value = members.get(name);
    return value instanceof String text && !text.isBlank() ? text : null;
  }

  private static Map<String, @Nullable String> pair(
      String first, @Nullable String one, String second, @Nullable String two) {
    var pair = new LinkedHashMap<String, @Nullable String>();
    pair.put(first, one);
    pair.put(second, two);
    return pair;
  }
}
