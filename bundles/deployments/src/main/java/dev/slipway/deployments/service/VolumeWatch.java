package dev.slipway.deployments.service;

import dev.slipway.api.Scope;
import dev.slipway.api.event.EventFilter;
import dev.slipway.api.event.StoredEvent;
import dev.slipway.api.spi.EventListener;
import dev.slipway.apps.VolumeFate;
import dev.slipway.data.Database;
import dev.slipway.deployments.store.VolumeStore;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Notes which volumes nobody needs any more, and where they are when servers come and go. */
@Component(service = EventListener.class)
public final class VolumeWatch implements EventListener {
  private static final String VOLUME = "apps.volume.deleted";
  private static final String APP = "apps.app.deletion_requested";
  private static final String ENVIRONMENT = "apps.environment.deleted";
  private static final String SERVER = "fleet.server.deleted";
  private static final String RELINKED = "fleet.server.relinked";

  private final Database database;
  private final VolumeStore volumes;

  @Activate
  public VolumeWatch(@Reference Database database) {
    this.database = database;
    volumes = new VolumeStore(database);
  }

  @Override
  public String name() {
    return "deployments.volumes";
  }

  @Override
  public EventFilter filter() {
    return EventFilter.types(VOLUME, APP, ENVIRONMENT, SERVER, RELINKED);
  }

  @Override
  public void on(StoredEvent event) {
    var scope = Scope.tenant(Objects.requireNonNull(event.tenantId()));
    database.run(scope, () -> settle(event));
  }

  private void settle(StoredEvent event) {
    var subject = event.subjectId();
    switch (event.type()) {
      case VOLUME -> {
        if (purges(event, "data")) {
          doom(event, null, event.text("name"), "the volume was taken from the app");
        }
      }
      case APP -> {
        if (purges(event, "volumes")) {
          doom(event, null, null, "the app was deleted");
        }
      }
      case ENVIRONMENT -> {
        if (purges(event, "volumes")) {
          var environment = Objects.requireNonNull(event.uuid("environment_id"));
          doom(event, environment, null, "its environment was removed");
        }
      }
      case SERVER -> volumes.deleteOfServer(subject);
      default -> volumes.moveServer(subject, Objects.requireNonNull(event.uuid("target_id")));
    }
  }

  private static boolean purges(StoredEvent event, String member) {
    return VolumeFate.of(event.text(member)) == VolumeFate.PURGE;
  }

  /** As of when it happened: said late, or once more, it means nothing for what came since. */
  private void doom(
      StoredEvent event, @Nullable UUID environment, @Nullable String volume, String because) {
    volumes.doom(event.subjectId(), environment, volume, event.occurredAt(), because);
  }
}
