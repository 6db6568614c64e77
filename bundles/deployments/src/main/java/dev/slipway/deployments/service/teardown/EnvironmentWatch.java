package dev.slipway.deployments.service.teardown;

import dev.slipway.api.Scope;
import dev.slipway.api.event.EventFilter;
import dev.slipway.api.event.StoredEvent;
import dev.slipway.api.spi.EventListener;
import dev.slipway.apps.Apps;
import dev.slipway.apps.VolumeFate;
import dev.slipway.deployments.service.Names;
import dev.slipway.deployments.service.routing.HostNames;
import dev.slipway.deployments.service.volume.Keeping;
import dev.slipway.deployments.store.Place;
import java.util.Objects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Environments that get other host names are led to by them, and those removed run nothing. */
@Component(service = EventListener.class)
public final class EnvironmentWatch implements EventListener {
  private static final String UPDATED = "apps.environment.updated";
  private static final String DELETED = "apps.environment.deleted";

  private final Apps apps;
  private final HostNames hostNames;
  private final EnvironmentTeardown teardown;
  private final Keeping keeping;

  @Activate
  public EnvironmentWatch(
      @Reference Apps apps,
      @Reference HostNames hostNames,
      @Reference EnvironmentTeardown teardown,
      @Reference Keeping keeping) {
    this.apps = apps;
    this.hostNames = hostNames;
    this.teardown = teardown;
    this.keeping = keeping;
  }

  @Override
  public String name() {
    return "deployments.environments";
  }

  @Override
  public EventFilter filter() {
    return EventFilter.types(UPDATED, DELETED);
  }

  @Override
  public void on(StoredEvent event) {
    var scope = Scope.tenant(Objects.requireNonNull(event.tenantId()));
    var environment = Objects.requireNonNull(event.uuid("environment_id"));
    var place = new Place(event.subjectId(), environment);
    if (event.type().equals(UPDATED)) {
      hostNames.changed(scope, place);
      return;
    }
    var volumes = VolumeFate.of(event.text("volumes"));
    if (volumes == VolumeFate.KEEP) {
      keeping.projects(scope, event, environment);
    }
    var slug = Objects.requireNonNull(event.text("slug"));
    // Where the app is gone as well, its own teardown has cleared all places.
    apps.find(scope, place.appId())
        .ifPresent(
            app ->
                teardown.begin(scope, place, Names.label(app.slug(), slug, environment), volumes));
  }
}
