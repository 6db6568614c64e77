package dev.slipway.fleet.store.health;

import dev.slipway.api.Page;
import dev.slipway.api.PageRequest;
import dev.slipway.data.Database;
import dev.slipway.fleet.store.health.ResourceAlertRow.Status;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** How servers fared; every call needs a unit of work. */
@Component(service = HealthStore.class)
public final class HealthStore {
  private final HealthMapper mapper;

  @Activate
  public HealthStore(@Reference Database database) {
    mapper = database.mapper(HealthMapper.class);
  }

  /** Alerts of a server, newest first. */
  public Page<ResourceAlertRow> alerts(UUID server, @Nullable Status status, PageRequest page) {
    return new Page<>(
        mapper.alerts(server, status, page.limit(), page.offset()),
        mapper.countAlerts(server, status));
  }

  /** Adds a firing alert. */
  public void fire(ResourceAlertRow alert) {
    mapper.insert(alert);
  }

  /** Writes threshold, value, severity, message and end of an alert that fires. */
  public void change(ResourceAlertRow alert) {
    mapper.change(alert);
  }

  /** A server's statuses since then, oldest first; the one it had at that time comes first. */
  public List<HealthMapper.Change> changes(UUID server, Instant since) {
    return mapper.changes(server, since);
  }

  /** Removes what ended before; of each server the last status stays. */
  public void purge(Instant before) {
    mapper.purge(before);
    mapper.purgeAlerts(before);
  }
}
