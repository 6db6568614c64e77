package dev.slipway.deployments.service.action;

import dev.slipway.api.Scope;
import dev.slipway.api.platform.Json;
import dev.slipway.apps.Apps;
import dev.slipway.apps.VolumeFate;
import dev.slipway.data.Database;
import dev.slipway.deployments.service.CurrentVersion;
import dev.slipway.deployments.service.Recipe;
import dev.slipway.deployments.service.order.Orders;
import dev.slipway.deployments.service.order.ProcessOrders;
import dev.slipway.deployments.service.routing.Routing;
import dev.slipway.deployments.store.ActionRow;
import dev.slipway.deployments.store.DeploymentRow;
import dev.slipway.deployments.store.DeploymentStore;
import dev.slipway.deployments.store.StepKind;
import dev.slipway.deployments.store.StepRow;
import dev.slipway.fleet.CommandRequest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The commands behind the steps of actions. */
@Component(service = ActionOrders.class)
public final class ActionOrders {
  private final DeploymentStore deployments;
  private final CurrentVersion current;
  private final Apps apps;
  private final Orders orders;
  private final Routing routing;
  private final Json json;

  @Activate
  public ActionOrders(
      @Reference Database database,
      @Reference Apps apps,
      @Reference Orders orders,
      @Reference Routing routing,
      @Reference Json json) {
    deployments = new DeploymentStore(database);
    current = new CurrentVersion(database);
    this.apps = apps;
    this.orders = orders;
    this.routing = routing;
    this.json = json;
  }

  CommandRequest of(Scope scope, ActionRow row, StepRow step, int attempt, List<StepRow> plan) {
    var command = step.kind().command();
    var request =
        switch (step.kind()) {
          case RESTART, STOP, START, REMOVE ->
              orders.request(step, command, container(step), attempt);
          case LOOK ->
              orders.request(
                  step,
                  command,
                  Map.of("container_name", step.requireTarget(), "condition", "started"),
                  attempt);
          case ALIVE -> orders.request(step, command, ProcessOrders.look(step), attempt);
          case HEALTH -> orders.health(step, recipe(row), attempt);
          case ROUTE -> routing.ofVersion(scope, version(row), step, attempt, plan);
          case UNROUTE ->
              orders.request(step, command, Map.of("domain", step.requireTarget()), attempt);
          case UNPROXY ->
              orders.request(
                  step,
                  command,
                  Map.of(
                      "slug", Objects.requireNonNullElseGet(step.target(), () -> slug(scope, row))),
                  attempt);
          case CLEANUP ->
              orders.request(
                  step,
                  command,
                  Map.of(
                      "app_slug",
                      slug(scope, row),
                      "keep_volumes",
                      !VolumeFate.PURGE.text().equals(step.target())),
                  attempt);
          case SERVICES_START -> orders.request(step, command, services(scope, row), attempt);
          case SERVICES_STOP ->
              orders.request(
                  step,
                  command,
                  Map.of("project_name", step.requireTarget(), "stop_only", true),
                  attempt);
          case SERVICES_RESTART ->
              orders.request(step, command, Map.of("project_name", step.requireTarget()), attempt);
          case CLONE, DETECT, BUILD, RELEASE, DEPLOY, SHIFT, WATCH, GATE, PROCESS, SETTLE, KEEP ->
              throw new IllegalArgumentException(step.kind() + " is no step of an action");
        };
    return request.about(row.id(), row.appId(), "deploy");
  }

  private Map<String, Object> services(Scope scope, ActionRow row) {
    var version = version(row);
    var instance = current.of(version).getFirst();
    return orders.servicesPayload(scope, version, instance.name());
  }

  private static Map<String, Object> container(StepRow step) {
    return Map.of("container_name", step.requireTarget());
  }

  private String slug(Scope scope, ActionRow row) {
    return apps.require(scope, row.appId()).slug();
  }

  /** A step is done; what leads to the app leads to the version that is acted on. */
  void done(Scope scope, ActionRow row, StepRow step, List<StepRow> plan) {
    if (step.kind() == StepKind.ROUTE) {
      routing.doneOfVersion(scope, version(row), step, plan);
    }
  }

  private Recipe recipe(ActionRow row) {
    return Recipe.read(json, version(row).recipe());
  }

  private DeploymentRow version(ActionRow row) {
    return deployments.find(Objects.requireNonNull(row.deploymentId())).orElseThrow();
  }
}
