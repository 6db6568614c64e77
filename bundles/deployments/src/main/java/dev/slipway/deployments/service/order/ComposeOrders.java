package dev.slipway.deployments.service.order;

import dev.slipway.api.Ids;
import dev.slipway.api.Scope;
import dev.slipway.apps.Apps;
import dev.slipway.deployments.service.Places;
import dev.slipway.deployments.service.Recipe;
import dev.slipway.deployments.service.Variables;
import dev.slipway.deployments.store.DeploymentRow;
import dev.slipway.deployments.store.volume.ProjectRow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The commands for apps that a Compose file describes, in the words of our own agent. */
final class ComposeOrders {
  private final Provisions provisions;
  private final Places places;
  private final Apps apps;
  private final Variables variables;

  ComposeOrders(Provisions provisions, Variables variables) {
    this.provisions = provisions;
    places = provisions.places();
    apps = places.apps();
    this.variables = variables;
  }

  /** What a deployment's containers belong to. */
  ProjectRow project(Scope scope, DeploymentRow row) {
    return new ProjectRow(
        Ids.next(),
        row.tenantId(),
        row.appId(),
        row.environmentId(),
        row.serverId(),
        places.label(scope, row.place()),
        ProjectRow.State.UP,
        List.of(),
        null,
        0,
        null);
  }

  /** Reads the file and makes the images. */
  Map<String, Object> build(Scope scope, DeploymentRow row, Recipe recipe) {
    var payload = new LinkedHashMap<String, Object>();
    payload.put("build_only", true);
    payload.put("clone_dir", Objects.requireNonNull(row.cloneDir(), "built before it was cloned"));
    payload.put("compose_dir", Objects.requireNonNullElse(recipe.rootDirectory(), ""));
    payload.put("compose_file", Objects.requireNonNullElse(recipe.dockerfilePath(), ""));
    payload.put("image_tag", Objects.requireNonNull(row.image()));
    payload.put("app_slug", apps.require(scope, row.appId()).slug());
    payload.put("port", recipe.port());
    payload.put("env_vars", variables.handOver(scope, row));
    payload.put("build_env_vars", variables.of(scope, row).build());
    payload.put("no_cache", apps.buildsAnew(scope, row.appId(), row.id()) || row.noCache());
    provisions.build(scope, row, payload);
    return payload;
  }

  /**
   * Brings a version up.
   *
   * @param container name of the one that answers requests
   * @param servicesOnly whether that one is left alone
   */
  Map<String, Object> up(
      Scope scope, DeploymentRow row, Recipe recipe, String container, boolean servicesOnly) {
    var payload = new LinkedHashMap<String, Object>();
    payload.put("project_name", places.label(scope, row.place()));
    payload.put("app_slug", apps.require(scope, row.appId()).slug());
    payload.put("container_name", container);
    payload.put("image_tag", Objects.requireNonNull(row.image()));
    payload.put("port", recipe.port());
    payload.put("env_vars", variables.handOver(scope, row));
    payload.put(
        "labels",
        Map.of("slipway.app", row.appId().toString(), "slipway.deployment", row.id().toString()));
    payload.put("services_only", servicesOnly);
    provisions.limit(scope, row, payload);
    return payload;
  }

  /** What an agent has said: the containers that answer no requests. */
  record Answer(@Nullable List<String> containers) {}
}
