package dev.slipway.security.secret;

import dev.slipway.api.event.EventFilter;
import dev.slipway.api.event.StoredEvent;
import dev.slipway.api.spi.EventListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Destroys the key of an erased tenant: what old backups hold of its secrets stays closed. */
@Component(service = EventListener.class)
public final class KeysOfErasedTenants implements EventListener {
  private final DataKeys keys;

  /** Made by the component runtime. */
  @Activate
  public KeysOfErasedTenants(@Reference DataKeys keys) {
    this.keys = keys;
  }

  @Override
  public String name() {
    return "security.erased-tenants";
  }

  @Override
  public EventFilter filter() {
    return EventFilter.types("events.tenant.erased");
  }

  @Override
  public void on(StoredEvent event) {
    keys.destroy(event.subjectId());
  }
}
