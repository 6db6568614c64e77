package dev.slipway.webhooks.service;

import dev.slipway.api.Scope;
import dev.slipway.api.event.EventFilter;
import dev.slipway.api.event.Events;
import dev.slipway.api.event.Signals;
import dev.slipway.api.event.StoredEvent;
import dev.slipway.api.platform.Json;
import dev.slipway.api.spi.EventListener;
import dev.slipway.data.Database;
import dev.slipway.webhooks.Endpoint;
import dev.slipway.webhooks.Family;
import dev.slipway.webhooks.WebhooksEvent;
import dev.slipway.webhooks.store.EndpointStore;
import dev.slipway.webhooks.store.Line;
import dev.slipway.webhooks.store.Message;
import dev.slipway.webhooks.store.QueueStore;
import java.util.List;
import java.util.Objects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Turns events of the log into deliveries. An event that is heard again makes no second one: the
 * table of deliveries has each event once for each endpoint.
 */
@Component(service = EventListener.class)
public final class EventIntake implements EventListener {
  /** More than that can wait for one endpoint only where it does not answer for days. */
  static final int MAX_QUEUED = 100_000;

  private static final Scope SCOPE = Scope.platform("events for the webhooks of all tenants");

  private final Database database;
  private final Events events;
  private final Signals signals;
  private final Json json;
  private final QueueStore queues;
  private final EndpointStore endpoints;

  @Activate
  public EventIntake(
      @Reference Database database,
      @Reference Events events,
      @Reference Signals signals,
      @Reference Json json) {
    this.database = database;
    this.events = events;
    this.signals = signals;
    this.json = json;
    queues = new QueueStore(database);
    endpoints = new EndpointStore(database);
  }

  @Override
  public String name() {
    return "webhooks.intake";
  }

  @Override
  public EventFilter filter() {
    return EventFilter.types(EventType.allSources().toArray(String[]::new));
  }

  @Override
  public void on(StoredEvent event) {
    var type =
        EventType.ofSource(event.type())
            .orElseThrow(() -> new IllegalStateException("not asked for: " + event.type()));
    database.run(SCOPE, () -> queue(event, type));
  }

  private void queue(StoredEvent event, EventType type) {
    var targets = targets(event, type);
    var open = targets.stream().filter(line -> line.queued() < MAX_QUEUED).toList();
    if (!open.isEmpty()) {
      queues.append(
          open,
          new Message(
              event.id(),
              event.id(),
              type.type(),
              json.write(type.payload(event)),
              false,
              RetryPlan.PROMPT_RETRIES,
              event.occurredAt()));
      signals.raise(Courier.TOPIC);
    }
    targets.stream()
        .filter(line -> line.queued() >= MAX_QUEUED)
        .forEach(line -> switchOff(line, type.family(), event));
  }

  private List<Line> targets(StoredEvent event, EventType type) {
    return switch (type.family()) {
      case ADMIN -> queues.adminTargets(type.type());
      case DEPLOY ->
          queues.deployTargets(
              Objects.requireNonNull(event.tenantId()), event.uuid("app_id"), type.type());
    };
  }

  private void switchOff(Line line, Family family, StoredEvent event) {
    var reason = Endpoint.OffReason.QUEUE_FULL;
    if (endpoints.switchOff(line.endpointId(), reason, event.occurredAt())) {
      events.publish(
          new WebhooksEvent.SwitchedOff(line.tenantId(), line.endpointId(), family, reason));
    }
  }
}
