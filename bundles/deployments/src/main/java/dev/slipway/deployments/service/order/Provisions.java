package dev.slipway.deployments.service.order;

import dev.slipway.api.Scope;
import dev.slipway.apps.Registries;
import dev.slipway.apps.RegistryLogin;
import dev.slipway.data.Database;
import dev.slipway.deployments.service.Places;
import dev.slipway.deployments.service.volume.Mounts;
import dev.slipway.deployments.store.DeploymentRow;
import dev.slipway.deployments.store.StepRow;
import dev.slipway.deployments.store.preview.PreviewStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * What builds and instances get besides source, image and variables. The contract has volumes and
 * limits; logins of registries are a member of ours, which other agents pass over: they ask with
 * what their server has.
 */
@Component(service = Provisions.class)
public final class Provisions {
  private static final String LOGINS = "registry_logins";

  private final Database database;
  private final PreviewStore previews;
  private final Places places;
  private final Mounts mounts;
  private final Registries registries;

  @Activate
  public Provisions(
      @Reference Database database,
      @Reference Places places,
      @Reference Mounts mounts,
      @Reference Registries registries) {
    this.database = database;
    previews = new PreviewStore(database);
    this.places = places;
    this.mounts = mounts;
    this.registries = registries;
  }

  Places places() {
    return places;
  }

  /**
   * Adds limits and volumes to the order of an instance.
   *
   * @param variables what the instance is to get
   */
  void instance(
      Scope scope,
      DeploymentRow row,
      StepRow step,
      Map<String, String> variables,
      Map<String, Object> payload) {
    limit(scope, row, payload);
    var volumes = mounts.begin(scope, row, step.serverId());
    var all = new LinkedHashMap<>(variables);
    volumes.forEach(volume -> all.put(volume.variable(), volume.mountPath()));
    payload.put("env_vars", all);
    if (!volumes.isEmpty()) {
      payload.put("volumes", volumes.stream().map(each -> Mounts.payload(row, each)).toList());
    }
  }

  /** Adds what opens the registry of an image that is to be pulled. */
  void pull(Scope scope, DeploymentRow row, String image, Map<String, Object> payload) {
    put(registries.forImage(scope, image, row.appId(), row.id()), payload);
  }

  /**
   * Adds what opens registries to a build. Code that nobody here has read gets none: its Dockerfile
   * could begin with any image, and end in the hands of whoever wrote it.
   */
  void build(Scope scope, DeploymentRow row, Map<String, Object> payload) {
    if (database.read(scope, () -> previews.mayHaveSecrets(row.environmentId()))) {
      put(registries.forBuild(scope, row.appId(), row.id()), payload);
    }
  }

  private static void put(List<RegistryLogin> logins, Map<String, Object> payload) {
    if (!logins.isEmpty()) {
      payload.put(LOGINS, logins.stream().map(Provisions::members).toList());
    }
  }

  private static Map<String, String> members(RegistryLogin login) {
    return Map.of("host", login.host(), "username", login.username(), "password", login.password());
  }

  /** Agents know no members for the other limits. */
  void limit(Scope scope, DeploymentRow row, Map<String, Object> payload) {
    var limits = places.apps().limits(scope, row.appId(), row.id()).orElse(null);
    if (limits != null && limits.memoryMb() != null) {
      payload.put("memory_mb", limits.memoryMb());
    }
    if (limits != null && limits.cpuCores() != null) {
      payload.put("cpu_cores", limits.cpuCores());
    }
  }
}
