package dev.slipway.fleet.service.health;

import dev.slipway.fleet.ServerStatus;
import dev.slipway.fleet.store.health.HealthMapper.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much of the time a server was there, from its changes of status. It was while heartbeats
 * arrived; before its agent was first heard, and while it is being installed or removed, nothing is
 * known.
 */
public final class Uptime {
  private static final double PERCENT = 100;

  private final List<Change> changes;
  private final Instant now;

  Uptime(List<Change> changes, Instant now) {
    this.changes = List.copyOf(changes);
    this.now = now;
  }

  /**
   * A stretch of time that ends now.
   *
   * @param uptimePercent null where nothing is known of it
   * @param incidents outages that began in it
   */
  public record Window(@Nullable Double uptimePercent, long downtimeSeconds, int incidents) {}

  private enum Presence {
    UP,
    DOWN,
    UNKNOWN
  }

  /** The time from then until now. */
  public Window since(Duration length) {
    var from = now.minus(length);
    var up = Duration.ZERO;
    var down = Duration.ZERO;
    var incidents = 0;
    for (var i = 0; i < changes.size(); i++) {
      var began = changes.get(i).at();
      var presence = presence(i);
      var ended = i + 1 < changes.size() ? changes.get(i + 1).at() : now;
      var first = began.isBefore(from) ? from : began;
      var span = ended.isAfter(first) ? Duration.between(first, ended) : Duration.ZERO;
      if (presence == Presence.UP) {
        up = up.plus(span);
      } else if (presence == Presence.DOWN) {
        down = down.plus(span);
        incidents += beginsOutage(i) && !began.isBefore(from) ? 1 : 0;
      }
    }
    var known = up.plus(down);
    var percent = known.isZero() ? null : PERCENT * up.toMillis() / known.toMillis();
    return new Window(percent, down.toSeconds(), incidents);
  }

  /** How long it has been there without a break; 0 while it is not. */
  public long streakSeconds() {
    @Nullable Instant began = null;
    for (var i = changes.size() - 1; i >= 0 && presence(i) == Presence.UP; i--) {
      began = changes.get(i).at();
    }
    return began == null ? 0 : Math.max(0, Duration.between(began, now).toSeconds());
  }

  /** When it was last lost; null where it never was. */
  public @Nullable Instant lastOutage() {
    for (var i = changes.size() - 1; i >= 0; i--) {
      if (beginsOutage(i)) {
        return changes.get(i).at();
      }
    }
    return null;
  }

  private boolean beginsOutage(int i) {
    return presence(i) == Presence.DOWN && (i == 0 || presence(i - 1) != Presence.DOWN);
  }

  private Presence presence(int i) {
    return presence(changes.get(i).status());
  }

  private static Presence presence(ServerStatus status) {
    return switch (status) {
      case ONLINE, DEGRADED, QUARANTINED -> Presence.UP;
      case OFFLINE -> Presence.DOWN;
      case PENDING, INSTALLING, DEPROVISIONING, CLEANUP_FAILED, DELETED -> Presence.UNKNOWN;
    };
  }
}
