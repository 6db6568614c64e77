package dev.slipway.fleet.service.agent;

import dev.slipway.api.Scope;
import dev.slipway.api.spi.Job;
import dev.slipway.data.Database;
import dev.slipway.fleet.store.agent.CredentialStore;
import java.time.Duration;
import java.time.Instant;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Removes credentials and counts of attempts that no longer matter. */
@Component(service = Job.class)
public final class PurgeCredentials implements Job {
  private static final Duration ATTEMPTS = Duration.ofDays(1);

  private final Database db;
  private final CredentialStore store;

  @Activate
  public PurgeCredentials(@Reference Database db, @Reference CredentialStore store) {
    this.db = db;
    this.store = store;
  }

  @Override
  public String name() {
    return "fleet.purge-credentials";
  }

  @Override
  public Duration every() {
    return Duration.ofHours(1);
  }

  @Override
  public void run() {
    var now = Instant.now();
    db.run(
        Scope.platform("old credentials"),
        () -> store.purge(now.minus(AgentCredentials.REFRESH_LIFETIME), now.minus(ATTEMPTS)));
  }
}
