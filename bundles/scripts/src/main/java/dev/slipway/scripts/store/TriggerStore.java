package dev.slipway.scripts.store;

import dev.slipway.data.Database;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Runs that are due as rows; every call needs a unit of work. */
public final class TriggerStore {
  private final TriggerMapper triggers;

  public TriggerStore(Database database) {
    triggers = database.mapper(TriggerMapper.class);
  }

  /** Adds one, unless the same cause waits already or the script is gone. */
  public void insert(Trigger trigger) {
    triggers.insert(trigger);
  }

  public int waiting(UUID scriptId) {
    return triggers.waiting(scriptId);
  }

  /** Leases what is due: of each script the oldest, of a tenant so many at a time. */
  public List<Trigger> claim(UUID lease, Instant now, Instant until, int perTenant, int limit) {
    return triggers.claim(lease, now, until, perTenant, limit);
  }

  /** Ends one; false where its lease was lost. */
  public boolean delete(UUID id, UUID lease) {
    return triggers.delete(id, lease) == 1;
  }

  /** Gives one back until later. */
  public void postpone(UUID id, UUID lease, Instant due) {
    triggers.postpone(id, lease, due);
  }
}
