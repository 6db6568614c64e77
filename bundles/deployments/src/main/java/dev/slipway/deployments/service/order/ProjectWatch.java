package dev.slipway.deployments.service.order;

import dev.slipway.api.Scope;
import dev.slipway.api.event.EventFilter;
import dev.slipway.api.event.StoredEvent;
import dev.slipway.api.spi.EventListener;
import dev.slipway.deployments.engine.Engine;
import java.util.Objects;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Hears of all that can put the services of a Compose file out of step with what is live. */
@Component(service = EventListener.class)
public final class ProjectWatch implements EventListener {
  private static final String COMMAND = "fleet.command.finished";
  private static final String DOWN = "compose_down";
  private static final Set<String> TYPES = Set.of("compose_up", DOWN);

  private final Projects projects;
  private final Engine engine;

  @Activate
  public ProjectWatch(@Reference Projects projects, @Reference Engine engine) {
    this.projects = projects;
    this.engine = engine;
  }

  @Override
  public String name() {
    return "deployments.compose-projects";
  }

  @Override
  public EventFilter filter() {
    return EventFilter.types(
        COMMAND,
        "deployments.deployment.succeeded",
        "deployments.deployment.failed",
        "deployments.deployment.cancelled");
  }

  @Override
  public void on(StoredEvent event) {
    var scope = Scope.tenant(Objects.requireNonNull(event.tenantId()));
    if (!event.type().equals(COMMAND)) {
      projects.settle(scope, event.subjectId());
    } else if (Engine.OWNER.equals(event.text("owner"))
        && TYPES.contains(String.valueOf(event.text("command_type")))) {
      projects.ended(scope, Objects.requireNonNull(event.uuid("command_id")));
      if (DOWN.equals(event.text("command_type"))) {
        engine.wakeOn(scope, Objects.requireNonNull(event.uuid("server_id")));
      }
    }
  }
}
