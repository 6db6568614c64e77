package dev.slipway.accounts.service.session;

import dev.slipway.accounts.store.guess.GuessStore;
import dev.slipway.accounts.store.session.SessionStore;
import dev.slipway.api.Scope;
import dev.slipway.api.spi.Job;
import dev.slipway.data.Database;
import java.time.Duration;
import java.time.Instant;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Removes logins, tokens and counts of guesses that nobody needs any more. */
@Component(service = Job.class)
public final class ExpiredSessions implements Job {
  private static final int BATCH = 1000;

  /** Longer than any lock. */
  private static final Duration GUESSES_KEPT = Duration.ofDays(1);

  /** Against a run that others fill faster than it empties; the next one goes on. */
  private static final int MAX_BATCHES = 100;

  private final Database db;
  private final SessionStore sessions;
  private final GuessStore guesses;

  @Activate
  public ExpiredSessions(
      @Reference Database db, @Reference SessionStore sessions, @Reference GuessStore guesses) {
    this.db = db;
    this.sessions = sessions;
    this.guesses = guesses;
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
    var now = Instant.now();
    for (var batch = 0; batch < MAX_BATCHES; batch++) {
      if (db.write(scope, () -> delete(now)) == 0) {
        return;
      }
    }
  }

  private int delete(Instant now) {
    return sessions.deleteExpired(now, BATCH) + guesses.deleteOld(now.minus(GUESSES_KEPT), BATCH);
  }
}
