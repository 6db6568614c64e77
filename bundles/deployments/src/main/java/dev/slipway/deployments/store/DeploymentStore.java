package dev.slipway.deployments.store;

import dev.slipway.api.Page;
import dev.slipway.api.PageRequest;
import dev.slipway.api.Times;
import dev.slipway.apps.AppStatus;
import dev.slipway.data.Database;
import dev.slipway.deployments.ApprovalState;
import dev.slipway.deployments.DeploymentStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Deployments; every call needs a unit of work. */
public final class DeploymentStore {
  /** Totals are counted no further: nobody turns that many pages, and counting costs. */
  public static final int MOST_COUNTED = 10_000;

  private final DeploymentMapper mapper;

  public DeploymentStore(Database database) {
    mapper = database.mapper(DeploymentMapper.class);
  }

  /** Until the unit of work ends nobody else works on this app. To be called before any lock. */
  public void gate(UUID appId) {
    mapper.gate(appId);
  }

  /** The same for the app of a deployment, which is told; empty where there is none. */
  public Optional<UUID> enter(UUID id) {
    return Optional.ofNullable(mapper.enter(id));
  }

  public Optional<DeploymentRow> find(UUID id) {
    return Optional.ofNullable(mapper.find(id));
  }

  public Page<DeploymentRow> list(DeploymentFilter filter, PageRequest page) {
    return new Page<>(
        mapper.list(filter, page.limit(), page.offset()), mapper.count(filter, MOST_COUNTED));
  }

  public void insert(DeploymentRow row) {
    mapper.insert(row);
  }

  public Optional<DeploymentRow> active(Place place) {
    return Optional.ofNullable(mapper.active(place));
  }

  /** Those that are done on a server right now. */
  public List<DeploymentRow> activeOn(UUID serverId) {
    return mapper.activeOn(serverId);
  }

  public Optional<DeploymentRow> live(Place place) {
    return Optional.ofNullable(mapper.live(place));
  }

  /** Those that wait for their turn, oldest first. */
  public List<DeploymentRow> waiting(Place place) {
    return mapper.waiting(place);
  }

  /** The first that waits for its turn in each place of an app. */
  public List<DeploymentRow> nextOfApp(UUID appId) {
    return mapper.nextOfApp(appId);
  }

  /** All of an app that are not over, oldest first. */
  public List<DeploymentRow> openOfApp(UUID appId) {
    return mapper.openOfApp(appId);
  }

  /** Those that wait, and those that are held for an approval, oldest first. */
  public List<DeploymentRow> ahead(Place place) {
    return mapper.ahead(place);
  }

  /** The active one, else the newest that waits. */
  public Optional<DeploymentRow> unfinished(Place place) {
    return Optional.ofNullable(mapper.newestUnfinished(place));
  }

  /** The same over all places of an app. */
  public Optional<DeploymentRow> unfinishedOfApp(UUID appId) {
    return Optional.ofNullable(mapper.newestUnfinishedOfApp(appId));
  }

  /** The latest version that was live there before this one and has another image. */
  public Optional<DeploymentRow> before(DeploymentRow current) {
    var image = current.image();
    return image == null
        ? Optional.empty()
        : Optional.ofNullable(mapper.before(current.place(), current.id(), image));
  }

  /** The latest in any place that was live with this build. */
  public Optional<DeploymentRow> ofBuild(UUID buildId) {
    return Optional.ofNullable(mapper.liveOfBuild(buildId));
  }

  /**
   * Moves a deployment on, and returns it as it is then; what {@link DeploymentStatus#next} forbids
   * is a fault of ours.
   */
  public DeploymentRow move(DeploymentRow row, DeploymentStatus to, @Nullable String error) {
    if (!row.status().mayBecome(to)) {
      throw new IllegalStateException(
          "deployment " + row.id() + " can not go from " + row.status() + " to " + to);
    }
    var moved = mapper.move(row.id(), row.status(), to, error, Times.now());
    if (moved == null) {
      throw new IllegalStateException("deployment " + row.id() + " was moved without the gate");
    }
    return moved;
  }

  /** Whether somebody agrees to it. */
  public void approval(UUID id, ApprovalState state) {
    mapper.approval(id, state, Times.now());
  }

  /** Where the app stood when it started. */
  public void began(UUID id, AppStatus before) {
    mapper.began(id, before);
  }

  /** The build that it runs. */
  public void built(UUID id, UUID buildId, String release) {
    mapper.built(id, buildId, release);
  }

  /** With which variables it runs, sealed. */
  public void variables(UUID id, String sealed) {
    mapper.variables(id, sealed);
  }

  /** The latest that was live there before this one was asked for. */
  public Optional<DeploymentRow> previous(DeploymentRow row) {
    return Optional.ofNullable(mapper.previous(row.place(), row.id()));
  }

  /** The latest in a place that was live with this build. */
  public Optional<DeploymentRow> ofBuild(Place place, UUID buildId) {
    return Optional.ofNullable(mapper.ofBuild(place, buildId));
  }

  /** Those that were not over at a time, oldest first. */
  public List<DeploymentRow> since(UUID appId, Instant from) {
    return mapper.since(appId, from);
  }

  /** When the version that went live at a time gave its place to the next one. */
  public Optional<Instant> replaced(Place place, Instant liveAt) {
    return Optional.ofNullable(mapper.replaced(place, liveAt));
  }

  /** Where its source lies. */
  public void cloned(UUID id, String dir) {
    mapper.cloned(id, dir);
  }

  /** Where it answers. */
  public void reachable(UUID id, @Nullable String url) {
    mapper.reachable(id, url);
  }

  /** The number of the next progress event. */
  public int nextProgress(UUID id) {
    return mapper.nextProgress(id);
  }

  /** The app is in another project, or in none. */
  public void regroup(UUID appId, @Nullable UUID projectId) {
    mapper.regroup(appId, projectId);
  }

  /** A project is gone. */
  public void ungroup(UUID projectId) {
    mapper.ungroup(projectId);
  }

  /** What is live on a server is live on another one now. */
  public void moveLive(UUID from, UUID to) {
    mapper.moveLive(from, to);
  }

  /** The app is gone. */
  public void deleteOfApp(UUID appId) {
    mapper.deleteOfApp(appId);
  }
}
