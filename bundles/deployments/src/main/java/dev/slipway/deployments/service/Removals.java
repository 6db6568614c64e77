package dev.slipway.deployments.service;

import dev.slipway.api.Ids;
import dev.slipway.api.PlatformException;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.platform.Json;
import dev.slipway.data.Database;
import dev.slipway.deployments.engine.Engine;
import dev.slipway.deployments.engine.Fleet;
import dev.slipway.deployments.engine.StepRule;
import dev.slipway.deployments.store.DeploymentRow;
import dev.slipway.deployments.store.DeploymentStore;
import dev.slipway.deployments.store.Place;
import dev.slipway.deployments.store.instance.InstanceRow;
import dev.slipway.deployments.store.instance.InstanceStore;
import dev.slipway.deployments.store.instance.RouteRow;
import dev.slipway.deployments.store.volume.ProjectRow;
import dev.slipway.deployments.store.volume.ProjectStore;
import dev.slipway.fleet.Command;
import dev.slipway.fleet.CommandRequest;
import dev.slipway.fleet.CommandStatus;
import dev.slipway.fleet.CommandType;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Takes what nobody needs any more off the servers. An instance or a project is tried again until
 * it is certainly gone.
 */
@Component(service = Removals.class)
public final class Removals {
  private static final Duration LIMIT = Duration.ofMinutes(10);

  /** Longer than the command lives, so that no two are out. */
  private static final Duration FIRST_PAUSE = Duration.ofMinutes(15);

  private static final int LONGEST_PAUSE = 16;

  private final Database database;
  private final DeploymentStore deployments;
  private final InstanceStore instances;
  private final ProjectStore projects;
  private final Fleet fleet;
  private final Json json;

  @Activate
  public Removals(@Reference Database database, @Reference Fleet fleet, @Reference Json json) {
    this.database = database;
    deployments = new DeploymentStore(database);
    instances = new InstanceStore(database);
    projects = new ProjectStore(database);
    this.fleet = fleet;
    this.json = json;
  }

  /** Has an instance stopped and removed, once its last requests are answered. */
  public void instance(Scope scope, InstanceRow instance) {
    var attempt = instance.attempts() + 1;
    var command =
        submit(
            scope,
            request(instance.serverId(), CommandType.APP_STOP, "container_name", instance.name())
                .once(instance.id() + "/remove/" + attempt));
    instances.leave(instance.id(), command, attempt, next(attempt));
  }

  private static Instant next(int attempt) {
    return Times.now().plus(FIRST_PAUSE.multipliedBy(Math.min(attempt, LONGEST_PAUSE)));
  }

  /** Has a host name forgotten by a server's edge that the app has left. */
  public void route(Scope scope, RouteRow route) {
    submit(scope, request(route.serverId(), CommandType.ROUTE_REMOVE, "domain", route.domain()));
    instances.unrouted(route.serverId(), route.domain());
  }

  /** Has the host names forgotten that a server's edge chose itself. */
  public void proxy(Scope scope, UUID serverId, String label) {
    submit(scope, request(serverId, CommandType.APP_PROXY_REMOVE, "slug", label));
  }

  /**
   * Has what a Compose file described taken down.
   *
   * @param state whether its data goes too
   * @param occasion said again with the same one it changes nothing
   */
  public void project(Scope scope, ProjectRow project, ProjectRow.State state, UUID occasion) {
    var payload =
        Map.<String, Object>of(
            "project_name", project.name(), "remove_volumes", state == ProjectRow.State.PURGING);
    var attempt = project.attempts() + 1;
    var command = submit(scope, down(project, payload, occasion));
    projects.leave(project.id(), state, command, attempt, next(attempt));
  }

  /** A project could not be taken down: it is tried again when it is time. */
  public void failed(ProjectRow project) {
    projects.sent(project.id(), project.state(), null);
  }

  /** All that a place has of the kind, and that does not go as far already. */
  public void projects(Scope scope, Place place, ProjectRow.State state) {
    projects.ofPlace(place).stream()
        .filter(project -> project.state().compareTo(state) < 0)
        .forEach(project -> project(scope, project, state, Ids.next()));
  }

  /** Has its services stopped. */
  public void stop(Scope scope, ProjectRow project, UUID occasion) {
    var payload = Map.<String, Object>of("project_name", project.name(), "stop_only", true);
    projects.sent(project.id(), project.state(), submit(scope, down(project, payload, occasion)));
  }

  private CommandRequest down(ProjectRow project, Map<String, Object> payload, UUID occasion) {
    return CommandRequest.of(
            project.serverId(), CommandType.COMPOSE_DOWN, json.write(payload), Engine.OWNER, LIMIT)
        .once(occasion + "/down");
  }

  /** Has the source deleted that was cloned for a deployment. */
  public void source(Scope scope, DeploymentRow row) {
    var dir = row.cloneDir();
    if (dir != null) {
      submit(
          scope,
          request(row.serverId(), CommandType.EXEC, "clone_dir", dir)
              .once(row.id() + "/remove-source"));
    }
  }

  /** Has the source deleted that was there only after its deployment was called off. */
  public void lateSource(Scope scope, UUID runId, UUID commandId) {
    database.run(
        scope,
        () ->
            deployments
                .find(runId)
                .filter(row -> row.status().isOver() && row.cloneDir() == null)
                .flatMap(row -> fleet.commands().find(scope, commandId))
                .filter(clone -> clone.type() == CommandType.APP_CLONE)
                .filter(clone -> clone.status() == CommandStatus.COMPLETED)
                .ifPresent(clone -> lateSource(scope, clone)));
  }

  private void lateSource(Scope scope, Command clone) {
    var dir = Objects.requireNonNullElse(clone.result(), "").strip();
    if (StepRule.isCloneFolder(dir)) {
      submit(
          scope,
          request(clone.serverId(), CommandType.EXEC, "clone_dir", dir)
              .once(clone.id() + "/remove-source"));
    }
  }

  /** A removal has ended, well or not. */
  public void ended(Scope scope, UUID commandId) {
    database.run(
        scope,
        () ->
            instances
                .byCommand(commandId)
                .filter(
                    instance ->
                        fleet.commands().find(scope, commandId).filter(this::isGone).isPresent())
                .ifPresent(instance -> instances.removed(instance.serverId(), instance.name())));
  }

  /** Tries once more what should be gone by now. */
  public void again(Scope scope, UUID instanceId) {
    database.run(
        scope,
        () ->
            instances
                .find(instanceId)
                .filter(InstanceRow::leaving)
                .ifPresent(instance -> instance(scope, instance)));
  }

  /** Tries once more to take down what should be by now. */
  public void projectAgain(Scope scope, UUID projectId) {
    database.run(
        scope,
        () ->
            projects
                .find(projectId)
                .ifPresent(
                    found -> {
                      // A deployment of the place may be about to keep it.
                      deployments.gate(found.appId());
                      projects
                          .find(projectId)
                          .filter(ProjectRow::leaves)
                          .filter(row -> !Times.now().isBefore(Objects.requireNonNull(row.tryAt())))
                          .ifPresent(row -> project(scope, row, row.state(), Ids.next()));
                    }));
  }

  private boolean isGone(Command command) {
    return switch (command.status()) {
      case COMPLETED -> true;
      case FAILED -> StepRule.isAbsent(Objects.requireNonNullElse(command.error(), ""));
      default -> false;
    };
  }

  private CommandRequest request(UUID serverId, CommandType type, String member, String value) {
    return CommandRequest.of(
        serverId, type, json.write(Map.of(member, value)), Engine.OWNER, LIMIT);
  }

  /** Null where the server is being removed: all that is on it goes with it. */
  public @Nullable UUID submit(Scope scope, CommandRequest request) {
    try {
      return fleet.commands().submit(scope, request).id();
    } catch (PlatformException serverGoes) {
      return null;
    }
  }
}
