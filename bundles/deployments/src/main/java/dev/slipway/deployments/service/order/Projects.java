package dev.slipway.deployments.service.order;

import dev.slipway.api.Scope;
import dev.slipway.api.platform.Json;
import dev.slipway.apps.AppStatus;
import dev.slipway.data.Database;
import dev.slipway.deployments.engine.Fleet;
import dev.slipway.deployments.engine.StepRule;
import dev.slipway.deployments.service.CurrentVersion;
import dev.slipway.deployments.service.Places;
import dev.slipway.deployments.service.Recipe;
import dev.slipway.deployments.service.Removals;
import dev.slipway.deployments.store.DeploymentRow;
import dev.slipway.deployments.store.DeploymentStore;
import dev.slipway.deployments.store.Place;
import dev.slipway.deployments.store.volume.ProjectRow;
import dev.slipway.deployments.store.volume.ProjectStore;
import dev.slipway.fleet.Command;
import dev.slipway.fleet.CommandStatus;
import dev.slipway.fleet.CommandType;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what a Compose file describes besides the service that answers requests in step with the
 * version that is live: after a deployment has failed, it goes back to what the version before
 * wants. No deployment waits for it.
 */
@Component(service = Projects.class)
public final class Projects {
  private static final Logger LOG = LoggerFactory.getLogger(Projects.class);

  private final Database database;
  private final DeploymentStore deployments;
  private final ProjectStore projects;
  private final CurrentVersion current;
  private final Places places;
  private final Fleet fleet;
  private final Orders orders;
  private final Removals removals;
  private final Json json;

  @Activate
  public Projects(
      @Reference Database database,
      @Reference Places places,
      @Reference Fleet fleet,
      @Reference Orders orders,
      @Reference Removals removals,
      @Reference Json json) {
    this.database = database;
    deployments = new DeploymentStore(database);
    projects = new ProjectStore(database);
    current = new CurrentVersion(database);
    this.places = places;
    this.fleet = fleet;
    this.orders = orders;
    this.removals = removals;
    this.json = json;
  }

  /** A deployment is over: its place has the services that the live version wants, or none. */
  void settle(Scope scope, UUID deploymentId) {
    database.run(
        scope,
        () ->
            deployments
                .find(deploymentId)
                .map(DeploymentRow::place)
                .filter(place -> !projects.ofPlace(place).isEmpty())
                .ifPresent(place -> settle(scope, place, deploymentId)));
  }

  private void settle(Scope scope, Place place, UUID occasion) {
    deployments.gate(place.appId());
    // What is under way settles it at its own end, and must not be crossed until then.
    if (places.isOpen(scope, place) && deployments.active(place).isEmpty()) {
      projects.ofPlace(place).stream()
          .filter(project -> project.state() == ProjectRow.State.UP)
          .forEach(project -> settle(scope, project, occasion));
    }
  }

  private void settle(Scope scope, ProjectRow project, UUID occasion) {
    var live =
        deployments
            .live(project.place())
            .filter(row -> row.serverId().equals(project.serverId()))
            .filter(row -> Recipe.read(json, row.recipe()).composes());
    if (live.isEmpty()) {
      removals.project(scope, project, ProjectRow.State.LEAVING, occasion);
    } else if (places.status(scope, project.place()).orElseThrow() == AppStatus.STOPPED) {
      removals.stop(scope, project, occasion);
    } else {
      follow(scope, project, live.get(), occasion);
    }
  }

  private void follow(Scope scope, ProjectRow project, DeploymentRow live, UUID occasion) {
    for (var instance : current.of(live)) {
      var request = orders.services(scope, live, instance.name()).once(occasion + "/services");
      projects.sent(project.id(), project.state(), removals.submit(scope, request));
    }
  }

  /** A command has ended that was about a project. */
  void ended(Scope scope, UUID commandId) {
    database.run(
        scope,
        () ->
            fleet
                .commands()
                .find(scope, commandId)
                .ifPresent(
                    command -> {
                      told(command);
                      projects.byCommand(commandId).ifPresent(row -> ended(scope, row, command));
                    }));
  }

  private void told(Command command) {
    var deployment = command.referenceId();
    if (command.type() == CommandType.COMPOSE_UP
        && command.status() == CommandStatus.COMPLETED
        && deployment != null) {
      var containers = containers(command);
      deployments
          .find(deployment)
          .filter(row -> containers != null)
          .flatMap(row -> projects.ofPlace(row.place(), command.serverId()))
          .ifPresent(row -> projects.told(row.id(), Objects.requireNonNull(containers)));
    }
  }

  private @Nullable List<String> containers(Command command) {
    try {
      return json.read(
              Objects.requireNonNullElse(command.result(), "{}"), ComposeOrders.Answer.class)
          .containers();
    } catch (IllegalArgumentException notJson) {
      return null;
    }
  }

  private void ended(Scope scope, ProjectRow row, Command command) {
    var lost = StepRule.isLost(command);
    if (row.leaves()) {
      if (command.status() == CommandStatus.COMPLETED) {
        projects.delete(row.id());
      } else if (lost) {
        removals.project(scope, row, row.state(), command.id());
      } else {
        removals.failed(row);
      }
    } else if (lost) {
      settle(scope, row.place(), command.id());
    } else if (command.status() != CommandStatus.COMPLETED) {
      LOG.warn("services of app {} do not follow what is live: {}", row.appId(), command.id());
    }
  }
}
