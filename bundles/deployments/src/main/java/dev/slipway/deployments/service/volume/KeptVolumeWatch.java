package dev.slipway.deployments.service.volume;

import dev.slipway.api.Scope;
import dev.slipway.api.event.EventFilter;
import dev.slipway.api.event.StoredEvent;
import dev.slipway.api.spi.EventListener;
import dev.slipway.deployments.engine.Engine;
import java.util.Objects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Hears how the deletion of kept data has ended at its server. */
@Component(service = EventListener.class)
public final class KeptVolumeWatch implements EventListener {
  private final KeptVolumeService service;
  private final Engine engine;

  @Activate
  public KeptVolumeWatch(@Reference KeptVolumeService service, @Reference Engine engine) {
    this.service = service;
    this.engine = engine;
  }

  @Override
  public String name() {
    return "deployments.kept-volumes";
  }

  @Override
  public EventFilter filter() {
    return EventFilter.types("fleet.command.finished");
  }

  @Override
  public void on(StoredEvent event) {
    if (Engine.OWNER.equals(event.text("owner"))
        && KeptVolumeService.PHASE.equals(event.text("phase"))) {
      var scope = Scope.tenant(Objects.requireNonNull(event.tenantId()));
      service.ended(
          scope,
          Objects.requireNonNull(event.uuid("reference_id")),
          Objects.requireNonNull(event.uuid("command_id")));
      engine.wakeOn(scope, Objects.requireNonNull(event.uuid("server_id")));
    }
  }
}
