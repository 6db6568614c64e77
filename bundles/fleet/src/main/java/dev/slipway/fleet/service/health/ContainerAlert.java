package dev.slipway.fleet.service.health;

import dev.slipway.api.Ids;
import dev.slipway.fleet.service.SeenContainer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Something wrong with a container, for as long as the agent's reports say so. */
public record ContainerAlert(
    UUID id,
    UUID serverId,
    String containerName,
    @Nullable UUID appId,
    @Nullable UUID serviceId,
    Kind kind,
    int restartCount,
    @Nullable Integer exitCode,
    String message,
    Severity severity,
    Instant since,
    Instant lastSeenAt) {

  private static final int LOOP = 3;

  /** A container that was not restarted for this long is no longer in a loop. */
  private static final Duration LOOP_ENDS = Duration.ofMinutes(10);

  /** What is wrong. */
  public enum Kind {
    UNHEALTHY,
    OOM_KILLED,
    CRASH_LOOP,
    EXITED,
    RESTARTING
  }

  /** How bad it is. */
  public enum Severity {
    INFO,
    WARNING,
    CRITICAL
  }

  /**
   * The alerts after a heartbeat; one that stays keeps its id and its beginning.
   *
   * @param open the alerts before it, as they were stored
   * @param before the containers before it
   */
  static List<ContainerAlert> of(
      UUID serverId,
      Map<String, UUID> apps,
      Instant at,
      List<ContainerAlert> open,
      List<SeenContainer> before,
      List<SeenContainer> now) {
    var former = new LinkedHashMap<String, SeenContainer>();
    before.forEach(container -> former.put(container.key(), container));
    var known = new LinkedHashMap<String, ContainerAlert>();
    open.forEach(alert -> known.put(alert.containerName(), alert));
    var alerts = new ArrayList<ContainerAlert>();
    for (var container : now) {
      var old = known.get(container.name());
      var last = former.get(container.key());
      var looped = last != null && container.restartCount() > last.restartCount();
      var kind = kind(container, looped, old, at);
      if (kind != null) {
        var same = old != null && old.kind() == kind ? old : null;
        var seen = kind == Kind.CRASH_LOOP && !looped && same != null ? same.lastSeenAt() : at;
        alerts.add(
            new ContainerAlert(
                same == null ? Ids.next() : same.id(),
                serverId,
                container.name(),
                apps.get(container.name()),
                null,
                kind,
                container.restartCount(),
                container.ended(),
                message(kind, container),
                severity(kind),
                same == null ? at : same.since(),
                seen));
      }
    }
    return alerts;
  }

  private static @Nullable Kind kind(
      SeenContainer container, boolean looped, @Nullable ContainerAlert old, Instant at) {
    var restarting = container.status().equals("restarting");
    if (container.restartCount() >= LOOP && (restarting || looped) || stillLoops(old, at)) {
      return Kind.CRASH_LOOP;
    }
    if (container.oomKilled()) {
      return Kind.OOM_KILLED;
    }
    if (restarting) {
      return Kind.RESTARTING;
    }
    if (container.unhealthy()) {
      return Kind.UNHEALTHY;
    }
    var failed = !container.running() && container.exitCode() != 0;
    return failed ? Kind.EXITED : null;
  }

  private static boolean stillLoops(@Nullable ContainerAlert old, Instant at) {
    return old != null
        && old.kind() == Kind.CRASH_LOOP
        && at.isBefore(old.lastSeenAt().plus(LOOP_ENDS));
  }

  private static String message(Kind kind, SeenContainer container) {
    return switch (kind) {
      case UNHEALTHY -> "its health check fails";
      case OOM_KILLED -> "it was killed because it ran out of memory";
      case CRASH_LOOP -> "it was restarted " + container.restartCount() + " times";
      case EXITED -> "it ended with exit code " + container.exitCode();
      case RESTARTING -> "it is being restarted";
    };
  }

  private static Severity severity(Kind kind) {
    return switch (kind) {
      case OOM_KILLED, CRASH_LOOP -> Severity.CRITICAL;
      case UNHEALTHY, EXITED, RESTARTING -> Severity.WARNING;
    };
  }

  /** From its stored members. */
  static ContainerAlert of(Object stored) {
    var map = (Map<?, ?>) stored;
    return new ContainerAlert(
        UUID.fromString(text(map, "id")),
        UUID.fromString(text(map, "server_id")),
        text(map, "container_name"),
        map.get("app_id") == null ? null : UUID.fromString(text(map, "app_id")),
        null,
        Kind.valueOf(text(map, "kind").toUpperCase(Locale.ROOT)),
        ((Number) map.get("restart_count")).intValue(),
        map.get("exit_code") instanceof Number code ? code.intValue() : null,
        text(map, "message"),
        Severity.valueOf(text(map, "severity").toUpperCase(Locale.ROOT)),
        Instant.parse(text(map, "since")),
        Instant.parse(text(map, "last_seen_at")));
  }

  private static String text(Map<?, ?> map, String member) {
    return Objects.requireNonNull((String) map.get(member), member);
  }
}
