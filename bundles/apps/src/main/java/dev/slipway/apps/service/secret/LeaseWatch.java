package dev.slipway.apps.service.secret;

import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.event.EventFilter;
import dev.slipway.api.event.StoredEvent;
import dev.slipway.api.spi.EventListener;
import dev.slipway.apps.store.SecretLeaseStore;
import dev.slipway.data.Database;
import java.util.Objects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Ends the leases of deployments in whose place something else runs, or nothing. */
@Component(service = EventListener.class)
public final class LeaseWatch implements EventListener {
  private static final String APP_STATUS = "apps.app.status_changed";
  private static final String APP_DELETED = "apps.app.deleted";
  private static final String ENVIRONMENT_STATUS = "apps.environment.status_changed";
  private static final String ENVIRONMENT_DELETED = "apps.environment.deleted";

  private final Database database;
  private final SecretLeaseStore leases;

  /** Made by the component runtime. */
  @Activate
  public LeaseWatch(@Reference Database database) {
    this.database = database;
    leases = new SecretLeaseStore(database);
  }

  @Override
  public String name() {
    return "apps.leases";
  }

  @Override
  public EventFilter filter() {
    return EventFilter.types(APP_STATUS, APP_DELETED, ENVIRONMENT_STATUS, ENVIRONMENT_DELETED);
  }

  @Override
  public void on(StoredEvent event) {
    var scope = Scope.tenant(Objects.requireNonNull(event.tenantId()));
    database.run(scope, () -> end(event));
  }

  private void end(StoredEvent event) {
    var now = Times.now();
    var environment = event.uuid("environment_id");
    switch (event.type()) {
      case APP_DELETED -> leases.endOfApp(event.subjectId(), now);
      case ENVIRONMENT_DELETED -> leases.endOfEnvironment(Objects.requireNonNull(environment), now);
      case APP_STATUS, ENVIRONMENT_STATUS -> {
        var current = event.uuid("current_deployment_id");
        if (current != null && "running".equals(event.text("status"))) {
          leases.replaced(event.subjectId(), environment, current, now);
        }
      }
      default -> throw new IllegalStateException("not asked for: " + event.type());
    }
  }
}
