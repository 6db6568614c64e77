package dev.slipway.scripts.service;

import dev.slipway.api.Ids;
import dev.slipway.api.Times;
import dev.slipway.api.event.Signals;
import dev.slipway.api.platform.Json;
import dev.slipway.api.script.ScriptTrigger;
import dev.slipway.data.Database;
import dev.slipway.scripts.Script;
import dev.slipway.scripts.store.Trigger;
import dev.slipway.scripts.store.TriggerStore;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Takes runs that nobody waits for; what stands in it is run once its turn has come. */
@Component(service = Queue.class)
public final class Queue {
  /** Raised when something was put in. */
  static final String TOPIC = "scripts:queued";

  /** More waits for one script only where it is far too slow for what it hears. */
  static final int MOST_WAITING = 500;

  private static final int LONGEST_EVENT = 512 * 1024;

  private final Signals signals;
  private final Json json;
  private final TriggerStore triggers;

  @Activate
  public Queue(@Reference Database database, @Reference Signals signals, @Reference Json json) {
    this.signals = signals;
    this.json = json;
    triggers = new TriggerStore(database);
  }

  /**
   * Puts a run in; needs a unit of work.
   *
   * @return false where too many wait for the script already, or the event is too large for one
   */
  boolean add(Script script, Map<String, @Nullable Object> event, ScriptTrigger cause) {
    var text = json.write(event);
    if (text.length() > LONGEST_EVENT || triggers.waiting(script.id()) >= MOST_WAITING) {
      return false;
    }
    triggers.insert(
        new Trigger(
            Ids.next(),
            script.tenantId(),
            script.id(),
            cause.type(),
            Objects.requireNonNull(cause.id()),
            text,
            0,
            Times.now()));
    signals.raise(TOPIC);
    return true;
  }
}
