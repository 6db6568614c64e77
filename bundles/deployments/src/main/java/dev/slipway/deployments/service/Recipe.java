package dev.slipway.deployments.service;

import dev.slipway.api.platform.Json;
import dev.slipway.apps.App;
import dev.slipway.apps.SourceType;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The app's settings that a deployment goes by, as they were when it was asked for. A rollback goes
 * by those of the version it brings back.
 *
 * @param repositoryUrl null where the platform keeps the source itself
 * @param buildTimeoutSeconds how long a build may take; null = as long as any step of its kind
 * @param image what to run instead of building; null for a build
 * @param compose whether a Compose file says what runs; null = no
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
    @Nullable Release release) {

  static Recipe of(
      App app, @Nullable String image, int buildTimeoutSeconds, @Nullable Release release) {
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
        release);
  }

  /** Whether a Compose file says what runs. */
  boolean composes() {
    return Boolean.TRUE.equals(compose);
  }

  public static Recipe read(Json json, Map<String, @Nullable Object> members) {
    return json.read(json.write(members), Recipe.class);
  }

  /** As it is stored. */
  Map<String, @Nullable Object> members(Json json) {
    return json.members(this);
  }
}
