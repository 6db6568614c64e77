package dev.slipway.events;

import dev.slipway.api.Scope;
import dev.slipway.api.event.EventFilter;
import dev.slipway.api.event.Events;
import dev.slipway.api.event.StoredEvent;
import dev.slipway.api.spi.EventListener;
import dev.slipway.api.spi.Job;
import dev.slipway.data.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what a deleted tenant leaves: a day later its rows go from every table of tenants,
 * whatever bundle owns it. Until then the features end what reaches beyond the database, such as
 * agents on servers. Two sorts of tables keep their rows: those that can only be added to, and
 * those that say why by {@code slipway_keep_table}.
 */
@Component(service = {EventListener.class, Job.class})
public final class TenantErasure implements EventListener, Job {
  static final Duration GRACE = Duration.ofDays(1);
  private static final Logger LOG = LoggerFactory.getLogger(TenantErasure.class);
  private static final Scope SCOPE = Scope.platform("what deleted tenants leave behind");

  private final Database database;
  private final Events events;
  private final GoneMapper gone;

  /** Made by the component runtime. */
  @Activate
  public TenantErasure(@Reference Database database, @Reference Events events) {
    this.database = database;
    this.events = events;
    gone = database.mapper(GoneMapper.class);
  }

  @Override
  public String name() {
    return "events.gone-tenants";
  }

  @Override
  public EventFilter filter() {
    return EventFilter.types("accounts.tenant.deleted");
  }

  @Override
  public void on(StoredEvent event) {
    database.run(SCOPE, () -> gone.add(event.subjectId(), event.occurredAt().plus(GRACE)));
  }

  @Override
  public Duration every() {
    return Duration.ofHours(1);
  }

  @Override
  public void run() {
    run(Instant.now());
  }

  /** Erases all who are due at that time. */
  public void run(Instant now) {
    database.read(SCOPE, () -> gone.due(now)).forEach(this::erase);
  }

  /**
   * One table at a time, so that no lock is held for long; a crash is made up for by the next run.
   */
  private void erase(UUID tenantId) {
    for (var table : database.read(SCOPE, gone::tables)) {
      var rows = database.<Integer>write(SCOPE, () -> gone.erase(table, tenantId));
      LOG.debug("{} rows of tenant {} went from {}", rows, tenantId, table);
    }
    database.run(
        SCOPE,
        () -> {
          gone.done(tenantId);
          events.publish(new TenantErased(tenantId));
        });
    LOG.info("what tenant {} had left is erased", tenantId);
  }
}
