package dev.slipway.deployments.store.volume;

import dev.slipway.data.Database;
import dev.slipway.deployments.store.Place;
import dev.slipway.deployments.store.volume.KeptVolumeRow.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What apps of a Compose file have on servers; every call needs a unit of work. */
public final class ProjectStore {
  private final ProjectMapper projects;
  private final KeptVolumeMapper kept;

  public ProjectStore(Database database) {
    projects = database.mapper(ProjectMapper.class);
    kept = database.mapper(KeptVolumeMapper.class);
  }

  public Optional<ProjectRow> find(UUID id) {
    return Optional.ofNullable(projects.find(id));
  }

  /**
   * Whether it can come up: nothing else of its name is on its server or about to go, for all of
   * that has the same volumes. What its own place has left there, and no command takes down right
   * now, is in nobody's way. What was kept under the name is not purged before the unit of work
   * ends.
   */
  public boolean isFree(ProjectRow wanted) {
    var server = wanted.serverId();
    var name = wanted.name();
    var purged = Optional.ofNullable(kept.lockNamed(server, Kind.COMPOSE, name));
    return purged.filter(row -> row.purgeId() != null).isEmpty()
        && named(server, name).filter(row -> !canStay(row, wanted.place())).isEmpty();
  }

  private static boolean canStay(ProjectRow row, Place place) {
    var failedToGo = row.state() == ProjectRow.State.LEAVING && row.commandId() == null;
    return row.place().equals(place) && (!row.leaves() || failedToGo);
  }

  /** It may be there from now on, and is to stay. */
  public void put(ProjectRow row) {
    projects.put(row);
  }

  public List<ProjectRow> ofPlace(Place place) {
    return projects.ofPlace(place);
  }

  /** The one that a place has on a server. */
  public Optional<ProjectRow> ofPlace(Place place, UUID serverId) {
    return ofPlace(place).stream().filter(row -> row.serverId().equals(serverId)).findFirst();
  }

  /** The one that a server knows by this name. */
  public Optional<ProjectRow> named(UUID serverId, String name) {
    return Optional.ofNullable(projects.named(serverId, name));
  }

  public List<ProjectRow> ofApp(UUID appId) {
    return projects.ofApp(appId);
  }

  public List<ProjectRow> onServer(UUID tenantId, UUID serverId) {
    return projects.onServer(tenantId, serverId);
  }

  /** The one that a command was about; only its last one counts. */
  public Optional<ProjectRow> byCommand(UUID commandId) {
    return Optional.ofNullable(projects.byCommand(commandId));
  }

  /** A command is out that no work waits for; null where none could be sent. */
  public void sent(UUID id, ProjectRow.State state, @Nullable UUID commandId) {
    projects.sent(id, state, commandId);
  }

  /** It is to be taken down, by a command that is out or, where there is none, later. */
  public void leave(
      UUID id, ProjectRow.State state, @Nullable UUID commandId, int attempts, Instant tryAt) {
    projects.leave(id, state, commandId, attempts, tryAt);
  }

  /** An agent has told which containers answer no requests. */
  public void told(UUID id, List<String> containers) {
    projects.told(id, containers);
  }

  /** It is gone. */
  public void delete(UUID id) {
    projects.delete(id);
  }
}
