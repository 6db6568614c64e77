package dev.slipway.deployments.service.volume;

import dev.slipway.api.Scope;
import dev.slipway.api.event.EventFilter;
import dev.slipway.api.event.StoredEvent;
import dev.slipway.api.spi.EventListener;
import dev.slipway.apps.VolumeFate;
import dev.slipway.data.Database;
import dev.slipway.deployments.store.volume.KeptVolumeStore;
import dev.slipway.deployments.store.volume.VolumeStore;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Notes which volumes nobody needs any more, which of them are kept all the same, and where they
 * are when servers come and go.
 */
@Component(service = EventListener.class)
public final class VolumeWatch implements EventListener {
  private static final String ADDED = "apps.volume.created";
  private static final String VOLUME = "apps.volume.deleted";
  private static final String APP = "apps.app.deletion_requested";
  private static final String APP_GONE = "apps.app.deleted";
  private static final String ENVIRONMENT = "apps.environment.deleted";
  private static final String SERVER = "fleet.server.deleted";
  private static final String RELINKED = "fleet.server.relinked";

  private final Database database;
  private final VolumeStore volumes;
  private final KeptVolumeStore kept;
  private final Keeping keeping;

  @Activate
  public VolumeWatch(@Reference Database database, @Reference Keeping keeping) {
    this.database = database;
    volumes = new VolumeStore(database);
    kept = new KeptVolumeStore(database);
    this.keeping = keeping;
  }

  @Override
  public String name() {
    return "deployments.volumes";
  }

  @Override
  public EventFilter filter() {
    return EventFilter.types(ADDED, VOLUME, APP, APP_GONE, ENVIRONMENT, SERVER, RELINKED);
  }

  @Override
  public void on(StoredEvent event) {
    var scope = Scope.tenant(Objects.requireNonNull(event.tenantId()));
    database.run(scope, () -> settle(scope, event));
  }

  private void settle(Scope scope, StoredEvent event) {
    var subject = event.subjectId();
    switch (event.type()) {
      case ADDED -> kept.wanted(subject, Objects.requireNonNull(event.text("name")));
      case VOLUME -> {
        if (purges(event, "data")) {
          doom(event, null, event.text("name"), "the volume was taken from the app");
        } else {
          keeping.volumes(scope, event, null, event.text("name"));
        }
      }
      case APP -> {
        if (purges(event, "volumes")) {
          doom(event, null, null, "the app was deleted");
        } else {
          keeping.volumes(scope, event, null, null);
        }
      }
      case APP_GONE -> kept.named(subject, Objects.requireNonNull(event.text("slug")));
      case ENVIRONMENT -> {
        var environment = Objects.requireNonNull(event.uuid("environment_id"));
        if (purges(event, "volumes")) {
          doom(event, environment, null, "its environment was removed");
        } else {
          keeping.volumes(scope, event, environment, null);
        }
      }
      case SERVER -> {
        volumes.deleteOfServer(subject);
        kept.deleteOfServer(subject);
      }
      default -> {
        var target = Objects.requireNonNull(event.uuid("target_id"));
        volumes.moveServer(subject, target);
        kept.moveServer(subject, target);
      }
    }
  }

  private static boolean purges(StoredEvent event, String member) {
    return VolumeFate.of(event.text(member)) == VolumeFate.PURGE;
  }

  /** As of when it happened: said late, or once more, it means nothing for what came since. */
  private void doom(
      StoredEvent event, @Nullable UUID environment, @Nullable String volume, String because) {
    volumes.doom(event.subjectId(), environment, volume, event.occurredAt(), because);
    kept.doom(event.subjectId(), environment, volume, event.occurredAt());
  }
}
