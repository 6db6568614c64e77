package dev.slipway.deployments.service.volume;

import dev.slipway.api.Ids;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.apps.Volume;
import dev.slipway.apps.Volumes;
import dev.slipway.data.Database;
import dev.slipway.deployments.service.Ledger;
import dev.slipway.deployments.store.DeploymentRow;
import dev.slipway.deployments.store.Place;
import dev.slipway.deployments.store.StepKind;
import dev.slipway.deployments.store.volume.VolumeRow;
import dev.slipway.deployments.store.volume.VolumeStore;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Hands the volumes of an app to its instances. Each place has its own, by a name that is made of
 * the ids of app and environment: the same again after a removal that kept the data, and nobody
 * else's ever.
 */
@Component(service = Mounts.class)
public final class Mounts {
  private static final String PREFIX = "deploy-vol-";

  private final VolumeStore store;
  private final Volumes volumes;
  private final Ledger ledger;

  @Activate
  public Mounts(
      @Reference Database database, @Reference Volumes volumes, @Reference Ledger ledger) {
    store = new VolumeStore(database);
    this.volumes = volumes;
    this.ledger = ledger;
  }

  /** What an instance that starts on a server gets; from now on it is there. */
  public List<Volume> begin(Scope scope, DeploymentRow row, UUID serverId) {
    var found = volumes.ofApp(scope, row.appId());
    for (var volume : found) {
      var there = there(row, serverId, volume);
      if (store.elsewhere(there)) {
        ledger.log(
            scope,
            row,
            StepKind.DEPLOY,
            "The volume "
                + volume.name()
                + " begins empty on this server: its data stays on the server where it was");
      }
      store.keep(there);
    }
    return found;
  }

  private static VolumeRow there(DeploymentRow row, UUID serverId, Volume volume) {
    return new VolumeRow(
        Ids.next(),
        row.tenantId(),
        row.appId(),
        row.environmentId(),
        serverId,
        volume.name(),
        name(row.place(), volume.name()),
        Times.now(),
        null,
        null);
  }

  /** A volume as an agent takes it; without its variable it is the published contract's. */
  public static Map<String, Object> payload(DeploymentRow row, Volume volume) {
    return Map.of(
        "host_path",
        name(row.place(), volume.name()),
        "container_path",
        volume.mountPath(),
        "read_only",
        false,
        "variable",
        volume.variable());
  }

  static String name(Place place, String volume) {
    var environment = place.environmentId();
    var where = environment == null ? "" : "." + digits(environment);
    return PREFIX + digits(place.appId()) + where + "." + volume;
  }

  private static String digits(UUID id) {
    return id.toString().replace("-", "");
  }
}
