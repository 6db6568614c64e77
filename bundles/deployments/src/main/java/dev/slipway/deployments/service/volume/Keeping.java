package dev.slipway.deployments.service.volume;

import dev.slipway.api.Scope;
import dev.slipway.api.event.StoredEvent;
import dev.slipway.apps.App;
import dev.slipway.apps.Environment;
import dev.slipway.data.Database;
import dev.slipway.deployments.service.Places;
import dev.slipway.deployments.store.Place;
import dev.slipway.deployments.store.volume.KeptVolumeRow;
import dev.slipway.deployments.store.volume.KeptVolumeRow.Deleted;
import dev.slipway.deployments.store.volume.KeptVolumeRow.Origin;
import dev.slipway.deployments.store.volume.KeptVolumeStore;
import dev.slipway.deployments.store.volume.ProjectRow;
import dev.slipway.deployments.store.volume.ProjectStore;
import dev.slipway.deployments.store.volume.VolumeStore;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Notes which data stays on servers though what it belonged to is deleted, so that it can be found
 * and deleted later.
 */
@Component(service = Keeping.class)
public final class Keeping {
  private static final String VOLUME = "apps.volume.deleted";
  private static final String ENVIRONMENT = "apps.environment.deleted";

  private final Database database;
  private final KeptVolumeStore kept;
  private final VolumeStore volumes;
  private final ProjectStore projects;
  private final Places places;

  @Activate
  public Keeping(@Reference Database database, @Reference Places places) {
    this.database = database;
    kept = new KeptVolumeStore(database);
    volumes = new VolumeStore(database);
    projects = new ProjectStore(database);
    this.places = places;
  }

  /**
   * Volumes stay that an event tells the end of.
   *
   * @param environment null = all places of the app
   * @param volume what the app called it; null = all
   */
  void volumes(
      Scope scope, StoredEvent event, @Nullable UUID environment, @Nullable String volume) {
    volumes
        .needed(event.subjectId(), environment, volume, event.occurredAt())
        .forEach(
            row -> {
              var place = new Place(row.appId(), row.environmentId());
              kept.note(KeptVolumeRow.of(row, origin(scope, event, place)));
            });
  }

  /**
   * What Compose files have in volumes stays though an environment or an app is deleted. It must be
   * said before that is taken down.
   *
   * @param environment null = all places of the app
   */
  public void projects(Scope scope, StoredEvent event, @Nullable UUID environment) {
    var app = event.subjectId();
    database.run(
        scope,
        () -> {
          var found =
              environment == null
                  ? projects.ofApp(app)
                  : projects.ofPlace(new Place(app, environment));
          note(scope, event, found);
        });
  }

  private void note(Scope scope, StoredEvent event, List<ProjectRow> found) {
    found.stream()
        .filter(row -> row.state() != ProjectRow.State.PURGING)
        .forEach(row -> kept.note(KeptVolumeRow.of(row, origin(scope, event, row.place()))));
  }

  private Origin origin(Scope scope, StoredEvent event, Place place) {
    return new Origin(
        // One that is gone already is named as soon as that is told.
        places.apps().find(scope, place.appId()).map(App::slug).orElse(""),
        environment(scope, event, place),
        deleted(event),
        event.occurredAt(),
        event.uuid("deleted_by"));
  }

  private @Nullable String environment(Scope scope, StoredEvent event, Place place) {
    return event.type().equals(ENVIRONMENT)
        ? event.text("slug")
        : Optional.ofNullable(places.environment(scope, place)).map(Environment::slug).orElse(null);
  }

  private static Deleted deleted(StoredEvent event) {
    return switch (event.type()) {
      case VOLUME -> Deleted.VOLUME;
      case ENVIRONMENT -> Deleted.ENVIRONMENT;
      default -> Deleted.APP;
    };
  }
}
