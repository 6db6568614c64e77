package dev.slipway.deployments.service.order;

import dev.slipway.api.Scope;
import dev.slipway.api.platform.Json;
import dev.slipway.apps.AppProcess;
import dev.slipway.apps.Apps;
import dev.slipway.deployments.engine.Engine;
import dev.slipway.deployments.engine.Fleet;
import dev.slipway.deployments.service.Names;
import dev.slipway.deployments.service.Recipe;
import dev.slipway.deployments.service.Variables;
import dev.slipway.deployments.service.routing.Routing;
import dev.slipway.deployments.source.SourceLinks;
import dev.slipway.deployments.store.DeploymentRow;
import dev.slipway.deployments.store.StepKind;
import dev.slipway.deployments.store.StepRow;
import dev.slipway.deployments.store.volume.ProjectRow;
import dev.slipway.fleet.CommandRequest;
import dev.slipway.fleet.CommandType;
import dev.slipway.fleet.ServerRuntime;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The commands behind the steps, in the words of the agent's contract. */
@Component(service = Orders.class)
public final class Orders {
  private final Json json;
  private final Provisions provisions;
  private final Apps apps;
  private final ComposeOrders compose;
  private final ProcessOrders processes;
  private final ReleaseOrders releases;
  private final Fleet fleet;
  private final Routing routing;
  private final SourceLinks links;
  private final Variables variables;

  @Activate
  public Orders(
      @Reference Json json,
      @Reference Provisions provisions,
      @Reference Fleet fleet,
      @Reference Routing routing,
      @Reference SourceLinks links,
      @Reference Variables variables) {
    this.json = json;
    this.provisions = provisions;
    apps = provisions.places().apps();
    compose = new ComposeOrders(provisions, variables);
    processes = new ProcessOrders(provisions, variables);
    releases = new ReleaseOrders(provisions, variables);
    this.fleet = fleet;
    this.routing = routing;
    this.links = links;
    this.variables = variables;
  }

  /** The command of a deployment's step. */
  public CommandRequest of(
      Scope scope, DeploymentRow row, StepRow step, int attempt, List<StepRow> plan) {
    var recipe = Recipe.read(json, row.recipe());
    var payload =
        switch (step.kind()) {
          case CLONE -> clone(row, recipe);
          case DETECT -> Map.<String, Object>of("clone_dir", tree(row, recipe));
          case BUILD ->
              recipe.composes()
                  ? compose.build(scope, row, recipe)
                  : build(scope, row, recipe, plan);
          case RELEASE -> releases.payload(scope, row, recipe, step, isThere(row, recipe));
          case DEPLOY ->
              recipe.composes()
                  ? compose.up(scope, row, recipe, step.requireTarget(), false)
                  : deploy(scope, row, recipe, step, plan);
          case PROCESS -> processes.start(scope, row, recipe, step);
          case ALIVE -> ProcessOrders.look(step);
          case HEALTH, GATE -> health(recipe, step.requireTarget());
          case STOP, KEEP -> Map.<String, Object>of("container_name", step.requireTarget());
          case ROUTE, SHIFT -> null;
          default ->
              throw new IllegalArgumentException(step.kind() + " is no step of a deployment");
        };
    var request =
        payload == null
            ? routing.of(scope, row, step, attempt, plan)
            : request(step, command(step, recipe), payload, attempt, limit(step, recipe));
    return request.about(row.id(), row.appId(), isBuild(step.kind()) ? "build" : "deploy");
  }

  private static CommandType command(StepRow step, Recipe recipe) {
    var images = step.kind() == StepKind.BUILD || step.kind() == StepKind.DEPLOY;
    return images && recipe.composes() ? CommandType.COMPOSE_UP : step.kind().command();
  }

  /** What a deployment's containers belong to; empty where no Compose file describes them. */
  public Optional<ProjectRow> project(Scope scope, DeploymentRow row) {
    return Recipe.read(json, row.recipe()).composes()
        ? Optional.of(compose.project(scope, row))
        : Optional.empty();
  }

  /**
   * The command that has the services of a version follow it, but for the one that answers
   * requests.
   *
   * @param container name of that one
   */
  CommandRequest services(Scope scope, DeploymentRow version, String container) {
    return CommandRequest.of(
            version.serverId(),
            CommandType.COMPOSE_UP,
            json.write(servicesPayload(scope, version, container)),
            Engine.OWNER,
            StepKind.SERVICES_START.limit())
        .about(version.id(), version.appId(), "deploy");
  }

  /** What that command says. */
  public Map<String, Object> servicesPayload(Scope scope, DeploymentRow version, String container) {
    var recipe = Recipe.read(json, version.recipe());
    return compose.up(scope, version, recipe, container, true);
  }

  private static Duration limit(StepRow step, Recipe recipe) {
    if (step.kind() == StepKind.RELEASE) {
      return ReleaseOrders.limit(step, recipe);
    }
    var build = recipe.buildTimeoutSeconds();
    return step.kind() == StepKind.BUILD && build != null
        ? Duration.ofSeconds(build)
        : step.kind().limit();
  }

  private static boolean isBuild(StepKind kind) {
    return kind == StepKind.CLONE || kind == StepKind.DETECT || kind == StepKind.BUILD;
  }

  /** What a step that leads requests to the deployment means once it is done. */
  public void routed(Scope scope, DeploymentRow row, StepRow step, List<StepRow> plan) {
    routing.done(scope, row, step, plan);
  }

  /** The command that waits until a container answers. */
  public CommandRequest health(StepRow step, Recipe recipe, int attempt) {
    return request(step, CommandType.APP_DEPLOY, health(recipe, step.requireTarget()), attempt);
  }

  /** A command for a step of any run. */
  public CommandRequest request(
      StepRow step, CommandType type, Map<String, Object> payload, int attempt) {
    return request(step, type, payload, attempt, step.kind().limit());
  }

  private CommandRequest request(
      StepRow step, CommandType type, Map<String, Object> payload, int attempt, Duration limit) {
    return CommandRequest.of(step.serverId(), type, json.write(payload), Engine.OWNER, limit)
        .once(Engine.key(step, attempt));
  }

  private Map<String, Object> clone(DeploymentRow row, Recipe recipe) {
    var payload = new LinkedHashMap<String, Object>();
    var own = recipe.repositoryUrl() == null;
    payload.put(
        "repo_url", own ? links.url(row.appId()) : Objects.requireNonNull(recipe.repositoryUrl()));
    payload.put("branch", Objects.requireNonNullElse(row.branch(), "main"));
    put(payload, "commit_sha", row.commitSha());
    if (own) {
      payload.put("github_token", links.token(row.appId()));
    }
    return payload;
  }

  private Map<String, Object> build(
      Scope scope, DeploymentRow row, Recipe recipe, List<StepRow> plan) {
    var environment = variables.of(scope, row).build();
    var payload = new LinkedHashMap<String, Object>();
    payload.put("image_tag", image(row));
    payload.put("clone_dir", tree(row, recipe));
    payload.put("app_slug", apps.require(scope, row.appId()).slug());
    payload.put("build_env_vars", environment);
    payload.put("no_cache", apps.buildsAnew(scope, row.appId(), row.id()) || row.noCache());
    put(payload, "dockerfile_path", recipe.dockerfilePath());
    put(payload, "install_command", recipe.installCommand());
    put(payload, "build_command", recipe.buildCommand());
    if (runtime(scope, row) == ServerRuntime.PROCESS) {
      return payload;
    }
    provisions.build(scope, row, payload);
    var detected = detected(plan);
    if (detected != null) {
      var content = new Dockerfiles(json, recipe, environment.keySet()).of(detected);
      if (content != null) {
        payload.put("dockerfile_content", content);
        payload.put("dockerfile_source", "generated");
      }
    }
    return payload;
  }

  private @Nullable ServerRuntime runtime(Scope scope, DeploymentRow row) {
    return fleet.servers().require(scope, row.serverId()).runtime();
  }

  private static @Nullable String detected(List<StepRow> plan) {
    return plan.stream()
        .filter(step -> step.kind() == StepKind.DETECT)
        .map(StepRow::result)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private Map<String, Object> deploy(
      Scope scope, DeploymentRow row, Recipe recipe, StepRow step, List<StepRow> plan) {
    var payload = new LinkedHashMap<String, Object>();
    payload.put("container_name", step.requireTarget());
    payload.put("image_tag", image(row));
    payload.put("port", recipe.port());
    // What was built here, or ran here before, is on the server and in no registry.
    var there = isThere(row, recipe) || isReleased(plan);
    payload.put("skip_pull", there);
    if (!there) {
      provisions.pull(scope, row, image(row), payload);
    }
    payload.put("process_name", AppProcess.WEB);
    payload.put("replica_index", replica(step, plan));
    payload.put("labels", labels(row));
    put(payload, "override_cmd", recipe.startCommand());
    provisions.instance(scope, row, step, variables.handOver(scope, row), payload);
    return payload;
  }

  static Map<String, String> labels(DeploymentRow row) {
    return Map.of("slipway.app", row.appId().toString(), "slipway.deployment", row.id().toString());
  }

  private static boolean isThere(DeploymentRow row, Recipe recipe) {
    return row.rollbackOf() != null
        || recipe.image() == null
        || row.promotedFrom() != null && !Names.isPinned(recipe.image());
  }

  /** The very image that the release hook ran in is the one that starts. */
  private static boolean isReleased(List<StepRow> plan) {
    return plan.stream().anyMatch(step -> step.kind() == StepKind.RELEASE);
  }

  public static int replica(StepRow step, List<StepRow> plan) {
    return (int)
        plan.stream()
            .filter(other -> other.kind() == step.kind() && other.position() < step.position())
            .count();
  }

  private static Map<String, Object> health(Recipe recipe, String container) {
    return Map.of(
        "container_name",
        container,
        "health_check_only",
        true,
        "health_check_path",
        recipe.healthCheckPath(),
        "port",
        recipe.port());
  }

  /** Whether an agent is asked what a source tree holds: not where the app says that it knows. */
  public static boolean detects(Recipe recipe, ServerRuntime runtime) {
    return !recipe.composes()
        && (runtime == ServerRuntime.PROCESS || recipe.dockerfilePath() == null);
  }

  private static String tree(DeploymentRow row, Recipe recipe) {
    var dir = Objects.requireNonNull(row.cloneDir(), "built before it was cloned");
    var root = recipe.rootDirectory();
    return root == null || root.isBlank() || root.equals(".") ? dir : dir + "/" + root;
  }

  private static String image(DeploymentRow row) {
    return Objects.requireNonNull(row.image(), "the image is known from the start");
  }

  private static void put(Map<String, Object> payload, String key, @Nullable String value) {
    if (value != null && !value.isBlank()) {
      payload.put(key, value);
    }
  }
}
