package dev.slipway.fleet.service;

import dev.slipway.api.Scope;
import dev.slipway.fleet.AppContainers;
import dev.slipway.fleet.AppContainers.AppContainer;
import dev.slipway.fleet.AppVolumes;
import dev.slipway.fleet.FleetError;
import dev.slipway.fleet.ServerRoutes;
import dev.slipway.fleet.Workloads;
import dev.slipway.fleet.Workloads.Kind;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** What other features have placed on servers. */
@Component(service = Residents.class)
public final class Residents {
  private final List<Workloads> sources = new CopyOnWriteArrayList<>();
  private final List<ServerRoutes> routes = new CopyOnWriteArrayList<>();
  private final List<AppContainers> containers = new CopyOnWriteArrayList<>();
  private final List<AppVolumes> volumes = new CopyOnWriteArrayList<>();

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  public void addSource(Workloads source) {
    sources.add(source);
  }

  public void removeSource(Workloads source) {
    sources.remove(source);
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  public void addContainers(AppContainers source) {
    containers.add(source);
  }

  public void removeContainers(AppContainers source) {
    containers.remove(source);
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  public void addRoutes(ServerRoutes source) {
    routes.add(source);
  }

  public void removeRoutes(ServerRoutes source) {
    routes.remove(source);
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  public void addVolumes(AppVolumes source) {
    volumes.add(source);
  }

  public void removeVolumes(AppVolumes source) {
    volumes.remove(source);
  }

  /** The routes that a server ought to have. */
  public List<ServerRoutes.Route> routes(UUID tenantId, UUID serverId) {
    return routes.stream().flatMap(source -> source.on(tenantId, serverId).stream()).toList();
  }

  /** Whether anybody is there who knows the containers of apps. */
  public boolean knowsContainers() {
    return !containers.isEmpty();
  }

  /** The containers of apps on a server. */
  public List<AppContainer> containers(UUID tenantId, UUID serverId) {
    return containers.stream().flatMap(source -> source.on(tenantId, serverId).stream()).toList();
  }

  /** The Compose projects of apps on a server. */
  public List<String> projects(UUID tenantId, UUID serverId) {
    return containers.stream()
        .flatMap(source -> source.projects(tenantId, serverId).stream())
        .toList();
  }

  /** Whether anybody is there who knows the volumes of apps. */
  public boolean knowsVolumes() {
    return !volumes.isEmpty();
  }

  /** Whether an app has a volume on a server. */
  public boolean hasVolume(UUID tenantId, UUID serverId, String name) {
    return volumes.stream().anyMatch(source -> source.on(tenantId, serverId).contains(name));
  }

  /** How many of a kind are on a server. */
  public int count(Scope scope, UUID serverId, Kind kind) {
    return of(kind).mapToInt(source -> source.countOn(scope, serverId)).sum();
  }

  /** Names by id; those that do not exist are not there. */
  public Map<UUID, String> names(Scope scope, Collection<UUID> ids, Kind kind) {
    var names = new HashMap<UUID, String>();
    if (!ids.isEmpty()) {
      of(kind).forEach(source -> names.putAll(source.names(scope, ids)));
    }
    return names;
  }

  /** Moves all of a kind; returns how many. */
  public int move(Scope scope, UUID from, UUID to, Kind kind) {
    return of(kind).mapToInt(source -> source.move(scope, from, to)).sum();
  }

  /** The servers that an app is placed on. */
  public Set<UUID> serversOfApp(Scope scope, UUID appId) {
    return of(Kind.APP)
        .flatMap(source -> source.serversOf(scope, appId).stream())
        .collect(Collectors.toSet());
  }

  /** Refuses with 404 where there is no such app in this scope. */
  public void requireApp(Scope scope, UUID appId) {
    if (!names(scope, List.of(appId), Kind.APP).containsKey(appId)) {
      throw FleetError.APP_NOT_FOUND.of();
    }
  }

  private Stream<Workloads> of(Kind kind) {
    return sources.stream().filter(source -> source.kind() == kind);
  }
}
