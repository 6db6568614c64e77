package dev.slipway.deployments.service;

import dev.slipway.api.platform.Json;
import dev.slipway.apps.App;
import dev.slipway.apps.AppProcess;
import dev.slipway.apps.SourceType;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The app's settings that a deployment goes by, as they were when it was asked for. A rollback goes
 * by those of the version it brings back.
 *
 * @param repositoryUrl null where the platform keeps the source itself
 * @param buildTimeoutSeconds how long a build may take; null = as long as any step of its kind
 * @param image what to run instead of building; null for a build
 * @param compose whether a Compose file says what runs; null = no
 * @param processes what runs besides; null = nothing
 * @param release what is run once before it starts; null = nothing
 */
public record Recipe(
    @Nullable String repositoryUrl,
    @Nullable String rootDirectory,
    @Nullable String dockerfilePath,
    @Nullable String image,
    @Nullable String installCommand,
    @Nullable String buildCommand,
    @Nullable String startCommand,
    int port,
    String healthCheckPath,
    int replicas,
    @Nullable Integer buildTimeoutSeconds,
    @Nullable Boolean compose,
    @Nullable List<Process> processes,
    @Nullable Release release) {

  /** One of the app's processes. */
  public record Process(String name, String command, int replicas) {
    static Process of(AppProcess process) {
      return new Process(process.name(), process.command(), process.replicas());
    }
  }

  public static Recipe of(
      App app,
      @Nullable String image,
      int buildTimeoutSeconds,
      List<AppProcess> processes,
      @Nullable Release release) {
    return new Recipe(
        app.repositoryUrl(),
        app.rootDirectory(),
        app.dockerfilePath(),
        image,
        app.installCommand(),
        app.buildCommand(),
        app.startCommand(),
        app.port(),
        app.healthCheckPath(),
        app.replicas(),
        buildTimeoutSeconds,
        app.sourceType() == SourceType.COMPOSE && image == null ? true : null,
        processes.isEmpty() ? null : processes.stream().map(Process::of).toList(),
        release);
  }

  /** One of the processes. */
  public Process process(String name) {
    return known().stream()
        .filter(process -> process.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no process " + name));
  }

  /** In how many instances a process runs; empty where there is none such. */
  public OptionalInt replicas(String name) {
    return known().stream()
        .filter(process -> process.name().equals(name))
        .mapToInt(Process::replicas)
        .findFirst();
  }

  /** The same with a process in another number of instances. */
  public Recipe scaled(String name, int count) {
    var others =
        known().stream()
            .map(each -> each.name().equals(name) ? new Process(name, each.command(), count) : each)
            .toList();
    return new Recipe(
        repositoryUrl,
        rootDirectory,
        dockerfilePath,
        image,
        installCommand,
        buildCommand,
        startCommand,
        port,
        healthCheckPath,
        replicas,
        buildTimeoutSeconds,
        compose,
        others,
        release);
  }

  /** All instances of all processes, in order. */
  List<ProcessUnit> units() {
    return known().stream().flatMap(process -> ProcessUnit.of(process).stream()).toList();
  }

  private List<Process> known() {
    return Objects.requireNonNullElse(processes, List.of());
  }

  /** Whether a Compose file says what runs. */
  public boolean composes() {
    return Boolean.TRUE.equals(compose);
  }

  public static Recipe read(Json json, Map<String, @Nullable Object> members) {
    return json.read(json.write(members), Recipe.class);
  }

  /** As it is stored. */
  public Map<String, @Nullable Object> members(Json json) {
    return json.members(this);
  }
}
