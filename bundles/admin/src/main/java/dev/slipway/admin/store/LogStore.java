package dev.slipway.admin.store;

import dev.slipway.admin.LogEntry;
import dev.slipway.api.Page;
import dev.slipway.data.Database;
import java.time.Instant;

/** The system log; every call needs a unit of work. */
public final class LogStore {
  /** Totals are counted no further: nobody turns that many pages, and counting costs. */
  public static final int MOST_COUNTED = 100_000;

  private final LogMapper mapper;

  /** On the bundle's database. */
  public LogStore(Database database) {
    mapper = database.mapper(LogMapper.class);
  }

  /** Adds an entry; the same one again changes nothing. */
  public void add(LogEntry entry) {
    mapper.add(entry);
  }

  /** A page, newest first. */
  public Page<LogEntry> list(LogFilter filter, int limit, int offset) {
    return new Page<>(mapper.list(filter, limit, offset), mapper.count(filter, MOST_COUNTED));
  }

  /** Removes at most so many old entries and returns how many there were. */
  public int deleteBefore(Instant before, int limit) {
    return mapper.deleteBefore(before, limit);
  }
}
