package dev.slipway.scripts.service;

import dev.slipway.api.Scope;
import dev.slipway.api.event.EventFilter;
import dev.slipway.api.event.StoredEvent;
import dev.slipway.api.script.ScriptTrigger;
import dev.slipway.api.spi.EventListener;
import dev.slipway.data.Database;
import dev.slipway.scripts.Script;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Queues a run for each script that wants to hear an event. Runs nothing itself: one tenant's slow
 * script must not hold back the events of others.
 */
@Component(service = EventListener.class)
public final class EventIntake implements EventListener {
  private static final Logger LOG = LoggerFactory.getLogger(EventIntake.class);

  /** What scripts do to scripts they are not told, or one could keep itself busy for ever. */
  private static final String OWN = "scripts.";

  private final Database database;
  private final Attachments attachments;
  private final Queue queue;

  @Activate
  public EventIntake(
      @Reference Database database, @Reference Attachments attachments, @Reference Queue queue) {
    this.database = database;
    this.attachments = attachments;
    this.queue = queue;
  }

  @Override
  public String name() {
    return "scripts.events";
  }

  @Override
  public EventFilter filter() {
    return new EventFilter(Set.of(), null);
  }

  @Override
  public void on(StoredEvent event) {
    var tenant = event.tenantId();
    if (tenant == null || event.type().startsWith(OWN)) {
      return;
    }
    var heard = heard(event);
    var wanted =
        attachments.attached(tenant, HouseHook.EVENT_LISTENER).stream()
            .filter(script -> Filters.pass(script.hook(), script.filter(), heard))
            .toList();
    if (!wanted.isEmpty()) {
      database.run(Scope.tenant(tenant), () -> queue(wanted, heard, event));
    }
  }

  private void queue(List<Script> wanted, Map<String, @Nullable Object> heard, StoredEvent event) {
    for (var script : wanted) {
      if (!queue.add(script, heard, new ScriptTrigger("event", event.id().toString()))) {
        LOG.warn("script {} does not hear event {}: its queue is full", script.id(), event.id());
      }
    }
  }

  private static Map<String, @Nullable Object> heard(StoredEvent event) {
    var heard = new LinkedHashMap<String, @Nullable Object>();
    heard.put("id", event.id().toString());
    heard.put("type", event.type());
    heard.put("subject_id", event.subjectId().toString());
    heard.put("occurred_at", event.occurredAt().toString());
    heard.put("data", event.data());
    return heard;
  }
}
