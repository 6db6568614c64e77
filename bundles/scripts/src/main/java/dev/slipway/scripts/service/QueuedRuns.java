package dev.slipway.scripts.service;

import dev.slipway.api.Ids;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.platform.Json;
import dev.slipway.api.script.ScriptOutcome.Status;
import dev.slipway.api.script.ScriptTrigger;
import dev.slipway.data.Database;
import dev.slipway.scripts.Execution;
import dev.slipway.scripts.store.Trigger;
import dev.slipway.scripts.store.TriggerStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Runs what is queued. The row goes in the same unit of work in which the execution comes, so a
 * node that dies in between leaves it to another, which runs it again: at least once.
 */
@Component(service = QueuedRuns.class)
public final class QueuedRuns {
  /** A run's longest timeout, its wait for a place, and some more. */
  private static final Duration LONGEST = Duration.ofMinutes(2);

  private static final Scope SCOPE = Scope.platform("queued runs of the scripts of all tenants");
  private static final int PER_TENANT = 4;
  private static final int MOST_ATTEMPTS = 5;
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final Database database;
  private final Attachments attachments;
  private final Runner runner;
  private final Json json;
  private final TriggerStore triggers;

  @Activate
  public QueuedRuns(
      @Reference Database database,
      @Reference Attachments attachments,
      @Reference Runner runner,
      @Reference Json json) {
    this.database = database;
    this.attachments = attachments;
    this.runner = runner;
    this.json = json;
    triggers = new TriggerStore(database);
  }

  /** A run that nobody else takes as long as the lease holds. */
  record Claimed(Trigger trigger, UUID lease) {}

  /** Leases runs that are due, at most so many. */
  List<Claimed> claim(int limit) {
    var lease = Ids.next();
    var now = Times.now();
    return database
        .write(SCOPE, () -> triggers.claim(lease, now, now.plus(LONGEST), PER_TENANT, limit))
        .stream()
        .map(trigger -> new Claimed(trigger, lease))
        .toList();
  }

  /** Runs it and settles its row. */
  void run(Claimed claimed) {
    var trigger = claimed.trigger();
    var script = attachments.find(trigger.tenantId(), trigger.scriptId());
    if (script.isEmpty()) {
      settle(claimed, null);
      return;
    }
    try {
      var cause = new ScriptTrigger(trigger.type(), trigger.causeId());
      var execution =
          trigger.attempts() > MOST_ATTEMPTS
              ? runner.rejected(
                  script.get(),
                  event(trigger),
                  cause,
                  "Its run was begun too often without an end.")
              : runner.run(script.get(), event(trigger), cause, false).execution();
      if (execution.status() == Status.REJECTED && trigger.attempts() < MOST_ATTEMPTS) {
        postpone(claimed);
      } else {
        settle(claimed, execution);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @SuppressWarnings("unchecked")
  private Map<String, @Nullable Object> event(Trigger trigger) {
    return json.read(trigger.event(), Map.class);
  }

  private void postpone(Claimed claimed) {
    var trigger = claimed.trigger();
    database.run(
        Scope.tenant(trigger.tenantId()),
        () -> triggers.postpone(trigger.id(), claimed.lease(), Times.now().plus(PAUSE)));
  }

  private void settle(Claimed claimed, @Nullable Execution execution) {
    var trigger = claimed.trigger();
    database.run(
        Scope.tenant(trigger.tenantId()),
        () -> {
          triggers.delete(trigger.id(), claimed.lease());
          if (execution != null) {
            runner.store(execution);
          }
        });
  }
}
