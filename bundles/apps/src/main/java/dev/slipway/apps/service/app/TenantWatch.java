package dev.slipway.apps.service.app;

import dev.slipway.api.event.EventFilter;
import dev.slipway.api.event.StoredEvent;
import dev.slipway.api.spi.EventListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Deletes the apps of a tenant that is gone, so that whoever keeps something for an app hears of it
 * as of any other deletion. Projects and variables go with all other rows of the tenant.
 */
@Component(service = EventListener.class)
public final class TenantWatch implements EventListener {
  private final AppDeletion deletion;

  /** Made by the component runtime. */
  @Activate
  public TenantWatch(@Reference AppDeletion deletion) {
    this.deletion = deletion;
  }

  @Override
  public String name() {
    return "apps.tenants";
  }

  @Override
  public EventFilter filter() {
    return EventFilter.types("accounts.tenant.deleted");
  }

  @Override
  public void on(StoredEvent event) {
    deletion.tenantGone(event.subjectId());
  }
}
