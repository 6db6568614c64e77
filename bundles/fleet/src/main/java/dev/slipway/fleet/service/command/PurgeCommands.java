package dev.slipway.fleet.service.command;

import dev.slipway.api.Scope;
import dev.slipway.api.spi.Job;
import dev.slipway.data.Database;
import dev.slipway.fleet.store.command.CommandStore;
import java.time.Duration;
import java.time.Instant;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Removes commands, and with them their results, 30 days after their end. */
@Component(service = Job.class)
public final class PurgeCommands implements Job {
  private static final Duration KEPT = Duration.ofDays(30);

  private final Database db;
  private final CommandStore store;

  @Activate
  public PurgeCommands(@Reference Database db, @Reference CommandStore store) {
    this.db = db;
    this.store = store;
  }

  @Override
  public String name() {
    return "fleet.purge-commands";
  }

  @Override
  public Duration every() {
    return Duration.ofMinutes(10);
  }

  @Override
  public void run() {
    db.run(Scope.platform("old commands"), () -> store.purge(Instant.now().minus(KEPT)));
  }
}
