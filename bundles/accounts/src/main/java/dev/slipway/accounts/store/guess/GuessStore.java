package dev.slipway.accounts.store.guess;

import dev.slipway.data.Database;
import java.time.Instant;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Attempts at secrets as rows, one for each address. */
@Component(service = GuessStore.class)
public final class GuessStore {
  private final GuessMapper guesses;

  @Activate
  public GuessStore(@Reference Database database) {
    guesses = database.mapper(GuessMapper.class);
  }

  /** Counts an attempt; the last one allowed locks until then. False where it is locked now. */
  public boolean count(String emailKey, Instant now, int most, Instant lockUntil) {
    return guesses.count(emailKey, now, most, lockUntil) == 1;
  }

  /** Until when nobody may try; empty where there is no lock. */
  public Optional<Instant> lockedUntil(String emailKey) {
    return Optional.ofNullable(guesses.lockedUntil(emailKey));
  }

  /** Takes back an attempt that was no wrong guess. */
  public void takeBack(String emailKey) {
    guesses.takeBack(emailKey);
  }

  /** Ends a row of wrong guesses. */
  public void forget(String emailKey) {
    guesses.forget(emailKey);
  }

  /** Removes at most so many that nobody has tried since then. */
  public int deleteOld(Instant before, int limit) {
    return guesses.deleteOld(before, limit);
  }
}
