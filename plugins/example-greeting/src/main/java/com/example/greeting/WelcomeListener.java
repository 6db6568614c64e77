package com.example.greeting;

import dev.slipway.api.event.EventFilter;
import dev.slipway.api.event.StoredEvent;
import dev.slipway.api.spi.EventListener;
import java.util.Objects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Greets every new app. */
@Component
public final class WelcomeListener implements EventListener {
  private final GreetingStore store;

  @Activate
  public WelcomeListener(@Reference GreetingStore store) {
    this.store = store;
  }

  @Override
  public String name() {
    return "example-greeting.welcome";
  }

  @Override
  public EventFilter filter() {
    return EventFilter.types("apps.app.created");
  }

  @Override
  public void on(StoredEvent event) {
    var tenant = Objects.requireNonNull(event.tenantId(), "apps belong to a tenant");
    store.greet(tenant, "app " + event.subjectId());
  }
}
