package dev.slipway.accounts.service;

import dev.slipway.accounts.AccountsError;
import dev.slipway.accounts.store.guess.GuessStore;
import dev.slipway.api.CurrentOperation;
import dev.slipway.api.ErrorCode;
import dev.slipway.api.PlatformException;
import dev.slipway.api.Scope;
import dev.slipway.data.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * How often the secrets of an account may be guessed. An attempt counts as wrong until it has
 * turned out right, so that of many at once no more are checked than of many in a row.
 */
@Component(service = Guesses.class)
public final class Guesses {
  static final int ATTEMPTS = 5;
  static final Duration LOCK = Duration.ofMinutes(15);
  private static final Scope SCOPE = Scope.platform("guesses are counted by address");

  private final Database db;
  private final GuessStore store;
  private final InstantSource clock;

  @Activate
  public Guesses(@Reference Database db, @Reference GuessStore store) {
    this(db, store, InstantSource.system());
  }

  Guesses(Database db, GuessStore store, InstantSource clock) {
    this.db = db;
    this.store = store;
    this.clock = clock;
  }

  /**
   * Counts an attempt, refuses where the address is locked, then checks. A refusal for another
   * reason than these takes the attempt back; on success the caller says what becomes of it.
   *
   * @param check gets the time of the attempt
   */
  public <T> T checked(
      String emailKey, Set<? extends ErrorCode> wrong, Function<Instant, T> check) {
    var now = clock.instant();
    count(emailKey, now);
    try {
      return check.apply(now);
    } catch (PlatformException refusal) {
      if (!wrong.contains(refusal.code())) {
        takeBack(emailKey);
      }
      throw refusal;
    }
  }

  /**
   * As {@link #checked}, for one who is signed in already: neither does a right guess end a row of
   * wrong ones, or a stolen login could end it at will by a secret of its own.
   */
  public void guarded(String emailKey, ErrorCode wrong, Runnable check) {
    checked(
        emailKey,
        Set.of(wrong),
        now -> {
          check.run();
          return true;
        });
    takeBack(emailKey);
  }

  private void count(String emailKey, Instant now) {
    apart(
        () -> {
          if (!store.count(emailKey, now, ATTEMPTS, now.plus(LOCK))) {
            throw locked(now, store.lockedUntil(emailKey).orElse(null));
          }
        });
  }

  private void takeBack(String emailKey) {
    apart(() -> store.takeBack(emailKey));
  }

  /** Ends a row of wrong guesses; in the unit of work that the right one has opened. */
  public void forget(String emailKey) {
    store.forget(emailKey);
  }

  /**
   * In a unit of its own, which stays whatever becomes of the request. It is not what the request
   * asks for, so it is not audited as that.
   */
  private void apart(Runnable change) {
    CurrentOperation.bound(() -> db.run(SCOPE, change));
  }

  private static PlatformException locked(Instant now, @Nullable Instant until) {
    var wait = until == null ? Duration.ofSeconds(1) : Duration.between(now, until);
    return AccountsError.LOCKED.of().retryAfter(wait.isPositive() ? wait : Duration.ofSeconds(1));
  }
}
