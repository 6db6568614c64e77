package dev.slipway.fleet.service.health;

import dev.slipway.api.event.Events;
import dev.slipway.api.event.Signals;
import dev.slipway.fleet.service.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Which servers are followed, on any node. A signal for every heartbeat of every server would cost
 * more than the heartbeats: the database lets commits that signal pass one at a time.
 */
@Component(service = Followers.class)
public final class Followers implements AutoCloseable {
  /** How often a follower says that it is still there. */
  static final Duration SAYING = Duration.ofSeconds(20);

  private static final long BELIEVED_NANOS = SAYING.multipliedBy(3).toNanos();
  private static final int MOST = 10_000;

  private final Signals signals;
  private final Signals.Subscription subscription;
  private final Map<UUID, Long> followed = new ConcurrentHashMap<>();

  @Activate
  public Followers(@Reference Signals signals) {
    this.signals = signals;
    subscription = signals.onPrefix(Topics.FOLLOWED, this::said);
  }

  @Override
  @Deactivate
  public void close() {
    subscription.close();
  }

  /** Says that somebody follows a server. */
  void follow(UUID serverId) {
    signals.raise(Topics.followed(serverId));
  }

  private void said(String serverId) {
    if (serverId.isEmpty()) {
      return;
    }
    var now = System.nanoTime();
    if (followed.size() >= MOST) {
      followed.values().removeIf(at -> now - at > BELIEVED_NANOS);
    }
    if (followed.size() < MOST) {
      followed.put(UUID.fromString(serverId), now);
    }
  }

  /** Lets followers know of a heartbeat, which is no event, in the current unit of work. */
  void heard(UUID serverId) {
    var at = followed.get(serverId);
    if (at == null) {
      return;
    }
    if (System.nanoTime() - at > BELIEVED_NANOS) {
      followed.remove(serverId, at);
    } else {
      signals.raise(Events.subjectTopic(serverId));
    }
  }
}
