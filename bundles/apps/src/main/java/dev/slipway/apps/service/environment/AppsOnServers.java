package dev.slipway.apps.service.environment;

import dev.slipway.api.PageRequest;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.event.Events;
import dev.slipway.apps.App;
import dev.slipway.apps.AppsEvent;
import dev.slipway.apps.store.AppStore;
import dev.slipway.apps.store.EnvironmentStore;
import dev.slipway.data.Database;
import dev.slipway.fleet.Workloads;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Tells the fleet which apps are on its servers. */
@Component(service = Workloads.class)
public final class AppsOnServers implements Workloads {
  private final Database database;
  private final Events events;
  private final AppStore apps;
  private final EnvironmentStore environments;

  /** Made by the component runtime. */
  @Activate
  public AppsOnServers(@Reference Database database, @Reference Events events) {
    this.database = database;
    this.events = events;
    apps = new AppStore(database);
    environments = new EnvironmentStore(database);
  }

  @Override
  public Kind kind() {
    return Kind.APP;
  }

  @Override
  public Map<UUID, String> names(Scope scope, Collection<UUID> ids) {
    return database.read(scope, () -> apps.findAll(ids)).stream()
        .collect(Collectors.toMap(App::id, App::name));
  }

  @Override
  public Set<UUID> serversOf(Scope scope, UUID id) {
    return database.read(
        scope,
        () -> {
          var servers = new HashSet<>(environments.serversOf(id));
          apps.find(id).map(App::serverId).ifPresent(servers::add);
          return servers;
        });
  }

  @Override
  public int countOn(Scope scope, UUID serverId) {
    var filter = AppStore.Filter.ofServer(serverId);
    return Math.toIntExact(
        database.read(scope, () -> apps.list(filter, new PageRequest(1, 0))).total());
  }

  @Override
  public int move(Scope scope, UUID from, UUID to) {
    return database.write(
        scope,
        () -> {
          var moved = apps.move(from, to, Times.now());
          moved.forEach(app -> events.publish(updated(app)));
          environments
              .move(from, to, Times.now())
              .forEach(environment -> events.publish(EnvironmentService.updated(environment)));
          return moved.size();
        });
  }

  private static AppsEvent updated(App app) {
    return new AppsEvent.AppUpdated(
        app.tenantId(), app.id(), app.name(), app.slug(), app.projectId(), app.serverId());
  }
}
