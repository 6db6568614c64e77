package dev.slipway.deployments.service.preview;

import dev.slipway.api.Scope;
import dev.slipway.api.event.EventFilter;
import dev.slipway.api.event.StoredEvent;
import dev.slipway.api.spi.EventListener;
import dev.slipway.data.Database;
import dev.slipway.deployments.store.preview.PreviewStore;
import java.util.Objects;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** A preview is closed where somebody removed its environment by hand. */
@Component(service = EventListener.class)
public final class PreviewWatch implements EventListener {
  private final Database database;
  private final PreviewStore previews;

  @Activate
  public PreviewWatch(@Reference Database database) {
    this.database = database;
    previews = new PreviewStore(database);
  }

  @Override
  public String name() {
    return "deployments.previews";
  }

  @Override
  public EventFilter filter() {
    return EventFilter.types("apps.environment.deleted");
  }

  @Override
  public void on(StoredEvent event) {
    UUID environment = Objects.requireNonNull(event.uuid("environment_id"));
    database.run(
        Scope.tenant(Objects.requireNonNull(event.tenantId())),
        () ->
            previews
                .ofEnvironment(environment)
                .ifPresent(row -> previews.close(row.id(), "its environment was removed")));
  }
}
