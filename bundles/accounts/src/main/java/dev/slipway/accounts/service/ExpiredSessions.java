package dev.slipway.accounts.service;

import dev.slipway.accounts.store.SessionStore;
import dev.slipway.api.Scope;
import dev.slipway.api.spi.Job;
import dev.slipway.data.Database;
import java.time.Duration;
import java.time.Instant;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Removes logins and tokens that nobody can use any more. */
@Component(service = Job.class)
public final class ExpiredSessions implements Job {
  private static final int BATCH = 1000;

  /** Against a run that others fill faster than it empties; the next one goes on. */
  private static final int MAX_BATCHES = 100;

  private final Database db;
  private final SessionStore sessions;

  @Activate
  public ExpiredSessions(@Reference Database db, @Reference SessionStore sessions) {
    this.db = db;
    this.sessions = sessions;
  }

  @Override
  public String name() {
    return "accounts.expired-sessions";
  }

  @Override
  public Duration every() {
    return Duration.ofHours(1);
  }

  @Override
  public void run() {
    var scope = Scope.platform("expired logins of all users");
    var before = Instant.now();
    for (var batch = 0; batch < MAX_BATCHES; batch++) {
      if (db.write(scope, () -> sessions.deleteExpired(before, BATCH)) == 0) {
        return;
      }
    }
  }
}
