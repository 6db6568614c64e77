package dev.slipway.deployments.service;

import dev.slipway.api.Scope;
import dev.slipway.api.platform.Json;
import dev.slipway.apps.Apps;
import dev.slipway.data.Database;
import dev.slipway.deployments.store.ActionRow;
import dev.slipway.deployments.store.DeploymentStore;
import dev.slipway.deployments.store.StepRow;
import dev.slipway.fleet.CommandRequest;
import java.util.Map;
import java.util.Objects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The commands behind the steps of actions. */
@Component(service = ActionOrders.class)
public final class ActionOrders {
  private final DeploymentStore deployments;
  private final Apps apps;
  private final Orders orders;
  private final Json json;

  @Activate
  public ActionOrders(
      @Reference Database database,
      @Reference Apps apps,
      @Reference Orders orders,
      @Reference Json json) {
    deployments = new DeploymentStore(database);
    this.apps = apps;
    this.orders = orders;
    this.json = json;
  }

  CommandRequest of(Scope scope, ActionRow row, StepRow step, int attempt) {
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
          case HEALTH -> orders.health(step, recipe(row), attempt);
          case ROUTE -> orders.route(scope, row.appId(), recipe(row), step, attempt);
          case UNROUTE ->
              orders.request(step, command, Map.of("domain", step.requireTarget()), attempt);
          case UNPROXY -> orders.request(step, command, slug(scope, row, "slug"), attempt);
          case CLEANUP -> orders.request(step, command, slug(scope, row, "app_slug"), attempt);
          case CLONE, DETECT, BUILD, DEPLOY ->
              throw new IllegalArgumentException(step.kind() + " is no step of an action");
        };
    return request.about(row.id(), row.appId(), "deploy");
  }

  private static Map<String, Object> container(StepRow step) {
    return Map.of("container_name", step.requireTarget());
  }

  private Map<String, Object> slug(Scope scope, ActionRow row, String member) {
    return Map.of(member, apps.require(scope, row.appId()).slug());
  }

  private Recipe recipe(ActionRow row) {
    var deployment = deployments.find(Objects.requireNonNull(row.deploymentId())).orElseThrow();
    return Recipe.read(json, deployment.recipe());
  }
}
