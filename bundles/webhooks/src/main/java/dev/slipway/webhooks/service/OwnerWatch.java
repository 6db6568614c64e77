package dev.slipway.webhooks.service;

import dev.slipway.api.Scope;
import dev.slipway.api.event.EventFilter;
import dev.slipway.api.event.StoredEvent;
import dev.slipway.api.spi.EventListener;
import dev.slipway.data.Database;
import dev.slipway.webhooks.store.EndpointStore;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Drops the webhooks of apps and tenants that are gone. */
@Component(service = EventListener.class)
public final class OwnerWatch implements EventListener {
  private static final String APP_DELETED = "apps.app.deleted";
  private static final String TENANT_DELETED = "accounts.tenant.deleted";
  private static final Scope SCOPE = Scope.platform("webhooks of an owner that is gone");

  private final Database database;
  private final EndpointStore endpoints;

  @Activate
  public OwnerWatch(@Reference Database database) {
    this.database = database;
    endpoints = new EndpointStore(database);
  }

  @Override
  public String name() {
    return "webhooks.owners";
  }

  @Override
  public EventFilter filter() {
    return EventFilter.types(APP_DELETED, TENANT_DELETED);
  }

  @Override
  public void on(StoredEvent event) {
    var owner = event.subjectId();
    var at = event.occurredAt();
    database.run(
        SCOPE,
        () -> {
          switch (event.type()) {
            case APP_DELETED -> endpoints.deleteOfApp(owner, at);
            case TENANT_DELETED -> endpoints.deleteOfTenant(owner, at);
            default -> throw new IllegalStateException("not asked for: " + event.type());
          }
        });
  }
}
