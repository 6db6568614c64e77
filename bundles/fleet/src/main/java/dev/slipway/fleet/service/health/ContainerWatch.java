package dev.slipway.fleet.service.health;

import dev.slipway.api.Ids;
import dev.slipway.fleet.service.SeenContainer;
import dev.slipway.fleet.store.health.ContainerEventRow;
import dev.slipway.fleet.store.health.ContainerEventRow.Type;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of a server's containers between two heartbeats. The agent tells how they are, not
 * what happened; what starts and ends between the two is not seen.
 */
final class ContainerWatch {
  /** An agent's clock is believed as far as this before our own, and never after it. */
  private static final Duration BELIEVED = Duration.ofDays(1);

  private final UUID tenantId;
  private final UUID serverId;
  private final Map<String, UUID> apps;
  private final Instant at;
  private final List<ContainerEventRow> events = new ArrayList<>();

  private ContainerWatch(UUID tenantId, UUID serverId, Map<String, UUID> apps, Instant at) {
    this.tenantId = tenantId;
    this.serverId = serverId;
    this.apps = apps;
    this.at = at;
  }

  /**
   * The events between two reports.
   *
   * @param apps apps by names of containers
   */
  static List<ContainerEventRow> events(
      UUID tenantId,
      UUID serverId,
      Map<String, UUID> apps,
      Instant at,
      List<SeenContainer> before,
      List<SeenContainer> now) {
    var watch = new ContainerWatch(tenantId, serverId, apps, at);
    var former = new LinkedHashMap<String, SeenContainer>();
    before.forEach(container -> former.put(container.key(), container));
    for (var container : now) {
      watch.compare(former.remove(container.key()), container);
    }
    former.values().stream()
        .filter(SeenContainer::running)
        .forEach(gone -> watch.add(gone, Type.STOP, at, null, "removed"));
    return watch.events;
  }

  private void compare(@Nullable SeenContainer before, SeenContainer now) {
    var wasRunning = before != null && before.running();
    if (wasRunning && !now.running()) {
      ended(now);
    } else if (wasRunning && restarted(before, now)) {
      var killed = now.oomKilled() && !before.oomKilled();
      if (killed) {
        add(now, Type.OOM, at, null, "out of memory");
      }
      add(now, Type.RESTART, time(now.startedAt()), null, "restart " + now.restartCount());
    } else if (!wasRunning && now.running()) {
      add(now, Type.START, time(now.startedAt()), null, null);
    }
    if (now.running()
        && now.checked()
        && (before == null || !now.health().equals(before.health()))) {
      add(now, Type.HEALTH, at, now.health(), null);
    }
  }

  private void ended(SeenContainer now) {
    Type type;
    if (now.oomKilled()) {
      type = Type.OOM;
    } else {
      type = now.exitCode() == 0 ? Type.STOP : Type.DIE;
    }
    var reason = now.exitReason().isEmpty() ? null : now.exitReason();
    add(now, type, time(now.finishedAt()), null, reason);
  }

  private static boolean restarted(SeenContainer before, SeenContainer now) {
    return now.restartCount() > before.restartCount()
        || !now.startedAt().isEmpty()
            && !before.startedAt().isEmpty()
            && !now.startedAt().equals(before.startedAt());
  }

  private void add(
      SeenContainer container,
      Type type,
      Instant when,
      @Nullable String health,
      @Nullable String message) {
    events.add(
        new ContainerEventRow(
            Ids.next(),
            tenantId,
            serverId,
            apps.get(container.name()),
            container.id(),
            container.name(),
            container.image(),
            type,
            container.ended(),
            health,
            message,
            when));
  }

  private Instant time(String said) {
    try {
      var time = Instant.parse(said);
      return time.isAfter(at) || time.isBefore(at.minus(BELIEVED)) ? at : time;
    } catch (DateTimeParseException noTime) {
      return at;
    }
  }
}
