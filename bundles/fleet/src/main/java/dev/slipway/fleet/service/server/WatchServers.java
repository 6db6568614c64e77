package dev.slipway.fleet.service.server;

import dev.slipway.api.spi.Job;
import java.time.Duration;
import java.time.InstantSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Notices servers that fell silent. */
@Component(service = Job.class)
public final class WatchServers implements Job {
  private final ServerPresence presence;
  private final NodeLife life;
  private final InstantSource clock;

  @Activate
  public WatchServers(@Reference ServerPresence presence, @Reference NodeLife life) {
    this(presence, life, InstantSource.system());
  }

  WatchServers(ServerPresence presence, NodeLife life, InstantSource clock) {
    this.presence = presence;
    this.life = life;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "fleet.watch-servers";
  }

  @Override
  public Duration every() {
    var often = presence.interval().dividedBy(3);
    return often.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : often;
  }

  @Override
  public void run() {
    if (life.hasListenedFor(presence.patience())) {
      presence.sweep(clock.instant());
    }
  }
}
