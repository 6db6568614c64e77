package dev.slipway.deployments.service.volume;

import dev.slipway.api.Scope;
import dev.slipway.data.Database;
import dev.slipway.deployments.store.volume.VolumeStore;
import dev.slipway.fleet.AppVolumes;
import java.util.Set;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Tells the fleet which volumes nobody may remove. */
@Component(service = AppVolumes.class)
public final class VolumesOnServer implements AppVolumes {
  private final Database database;
  private final VolumeStore volumes;

  @Activate
  public VolumesOnServer(@Reference Database database) {
    this.database = database;
    volumes = new VolumeStore(database);
  }

  @Override
  public Set<String> on(UUID tenantId, UUID serverId) {
    return database.read(Scope.tenant(tenantId), () -> volumes.keptOn(tenantId, serverId));
  }
}
