package dev.slipway.deployments.store.instance;

import dev.slipway.data.Database;
import dev.slipway.deployments.store.Place;
import dev.slipway.deployments.store.volume.ProjectMapper;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is on servers: instances, routes and projects; every call needs a unit of work. */
public final class InstanceStore {
  private final InstanceMapper instances;
  private final RouteMapper routes;
  private final ProjectMapper projects;

  public InstanceStore(Database database) {
    instances = database.mapper(InstanceMapper.class);
    routes = database.mapper(RouteMapper.class);
    projects = database.mapper(ProjectMapper.class);
  }

  public Optional<InstanceRow> find(UUID id) {
    return Optional.ofNullable(instances.find(id));
  }

  /** An instance may be there from now on; said again it changes nothing. */
  public void add(InstanceRow row) {
    instances.add(row);
  }

  public List<InstanceRow> ofApp(UUID appId) {
    return instances.ofApp(appId);
  }

  public List<InstanceRow> ofPlace(Place place) {
    return instances.ofPlace(place);
  }

  public List<InstanceRow> ofDeployment(UUID deploymentId) {
    return instances.ofDeployment(deploymentId);
  }

  public List<InstanceRow> onServer(UUID tenantId, UUID serverId) {
    return instances.onServer(tenantId, serverId);
  }

  /** The instance that a command removes. */
  public Optional<InstanceRow> byCommand(UUID commandId) {
    return Optional.ofNullable(instances.byCommand(commandId));
  }

  /** It is to be removed, by a command that is out or, where there is none, later. */
  public void leave(UUID id, @Nullable UUID commandId, int attempts, @Nullable Instant tryAt) {
    instances.leave(id, commandId, attempts, tryAt);
  }

  /** The container is certainly gone. */
  public void removed(UUID serverId, String name) {
    instances.removed(serverId, name);
  }

  public void put(RouteRow route) {
    routes.put(route);
  }

  public List<RouteRow> routesOf(UUID appId) {
    return routes.ofApp(appId);
  }

  public List<RouteRow> routesOf(Place place) {
    return routes.ofPlace(place);
  }

  public List<RouteRow> routesOn(UUID tenantId, UUID serverId) {
    return routes.onServer(tenantId, serverId);
  }

  /** The route is certainly gone. */
  public void unrouted(UUID serverId, String domain) {
    routes.removed(serverId, domain);
  }

  /** The app is gone. */
  public void deleteOfApp(UUID appId) {
    instances.deleteOfApp(appId);
    routes.deleteOfApp(appId);
    projects.deleteOfApp(appId);
  }

  /** All that was on a server is on another one now; what that one has already stays as it is. */
  public void moveServer(UUID from, UUID to) {
    instances.moveServer(from, to);
    routes.moveServer(from, to);
    projects.moveServer(from, to);
  }

  /** The server is gone, and all that was on it is out of reach. */
  public void deleteOfServer(UUID serverId) {
    instances.deleteOfServer(serverId);
    routes.deleteOfServer(serverId);
    projects.deleteOfServer(serverId);
  }
}
