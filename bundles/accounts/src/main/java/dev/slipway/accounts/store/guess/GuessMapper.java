package dev.slipway.accounts.store.guess;

import java.time.Instant;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/** Statements on {@code accounts_guess}. */
public interface GuessMapper {
  /** Counts an attempt; the last one allowed locks at once. 0 where the address is locked. */
  int count(
      @Param("emailKey") String emailKey,
      @Param("now") Instant now,
      @Param("most") int most,
      @Param("lockUntil") Instant lockUntil);

  @Nullable Instant lockedUntil(@Param("emailKey") String emailKey);

  /** Takes one attempt back, and the lock that would not stand without it. */
  void takeBack(@Param("emailKey") String emailKey);

  void forget(@Param("emailKey") String emailKey);

  int deleteOld(@Param("before") Instant before, @Param("limit") int limit);
}
