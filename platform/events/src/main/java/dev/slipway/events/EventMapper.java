package dev.slipway.events;

import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Param;

interface EventMapper {
  /** What readers may see behind a position, in order. */
  List<EventRow> after(
      @Param("selection") Selection selection,
      @Param("position") Position position,
      @Param("limit") int limit);

  /** Whether {@link #after} would find any. */
  boolean any(@Param("selection") Selection selection, @Param("position") Position position);

  /** All events behind a position, also those that readers may not see yet. */
  List<Placed> placed(@Param("position") Position position, @Param("limit") int limit);

  /** The lowest id of a transaction that is still open: readers see what stands before it. */
  long horizon();

  /** An id that no transaction has had yet when the statement began. */
  long future();

  int deleteOldest(@Param("before") Instant before, @Param("most") int most);

  int deleteFailures(@Param("before") Instant before, @Param("most") int most);

  /** Held until the unit of work ends, by one node at a time. */
  void lockLog();

  boolean anyFromTheFuture();

  void moveCursorsToStart();

  void moveEventsToStart();
}
