package dev.slipway.deployments.service.volume;

import dev.slipway.api.Scope;
import dev.slipway.api.spi.Job;
import dev.slipway.data.Database;
import dev.slipway.deployments.store.volume.VolumeRow;
import dev.slipway.deployments.store.volume.VolumeStore;
import dev.slipway.fleet.Leftovers;
import java.time.Duration;
import java.util.Objects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Leaves volumes that nobody needs to the fleet's sweeper, once nothing uses them. */
@Component(service = Job.class)
public final class VolumeSweep implements Job {
  private static final Scope ALL = Scope.platform("volumes of all tenants that nobody needs");
  private static final int MOST = 200;

  private final Database database;
  private final VolumeStore volumes;
  private final Leftovers leftovers;

  @Activate
  public VolumeSweep(@Reference Database database, @Reference Leftovers leftovers) {
    this.database = database;
    volumes = new VolumeStore(database);
    this.leftovers = leftovers;
  }

  @Override
  public String name() {
    return "deployments.volumes";
  }

  @Override
  public Duration every() {
    return Duration.ofMinutes(1);
  }

  @Override
  public void run() {
    for (var row : database.read(ALL, () -> volumes.unused(MOST))) {
      var scope = Scope.tenant(row.tenantId());
      database.run(
          scope, () -> volumes.lockDoomed(row.id()).ifPresent(found -> leave(scope, found)));
    }
  }

  private void leave(Scope scope, VolumeRow row) {
    var because = Objects.requireNonNull(row.doomedBecause());
    leftovers.volume(scope, row.serverId(), row.name(), row.appId(), because);
    volumes.delete(row.id());
  }
}
