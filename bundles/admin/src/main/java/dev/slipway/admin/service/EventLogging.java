package dev.slipway.admin.service;

import dev.slipway.api.event.EventFilter;
import dev.slipway.api.event.StoredEvent;
import dev.slipway.api.spi.EventListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Writes what matters to operators from the event log into the system log. */
@Component(service = EventListener.class)
public final class EventLogging implements EventListener {
  private final SystemLog log;

  @Activate
  public EventLogging(@Reference SystemLog log) {
    this.log = log;
  }

  @Override
  public String name() {
    return "admin.log";
  }

  @Override
  public EventFilter filter() {
    return EventFilter.types(
        "accounts.*",
        "admin.*",
        "billing.*",
        "deployments.deployment.failed",
        "fleet.server.*",
        "mail.message.*",
        "plugins.*");
  }

  @Override
  public void on(StoredEvent event) {
    log.add(LogWording.entry(event));
  }
}
