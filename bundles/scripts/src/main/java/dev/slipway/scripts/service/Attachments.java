package dev.slipway.scripts.service;

import dev.slipway.api.Scope;
import dev.slipway.api.event.Signals;
import dev.slipway.data.Database;
import dev.slipway.scripts.store.ScriptStore;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * At which hooks a tenant has scripts, remembered, since it is asked with every event: most tenants
 * have none. A change is heard of on every node within a second.
 */
@Component(service = Attachments.class)
public final class Attachments implements AutoCloseable {
  private static final String PREFIX = "scripts:attached:";
  private static final int MOST_TENANTS = 10_000;

  private final Database database;
  private final ScriptStore scripts;
  private final Map<UUID, Set<String>> hooks = new ConcurrentHashMap<>();
  private final Signals.Subscription changes;

  @Activate
  public Attachments(@Reference Database database, @Reference Signals signals) {
    this.database = database;
    scripts = new ScriptStore(database);
    changes = signals.onPrefix(PREFIX, tenant -> hooks.clear());
  }

  /** Raised when a tenant's scripts have changed. */
  static String topic(UUID tenantId) {
    return PREFIX + tenantId;
  }

  /** Whether the tenant has an enabled script at the hook. */
  boolean at(UUID tenantId, String hook) {
    if (hooks.size() > MOST_TENANTS) {
      hooks.clear();
    }
    var known = hooks.get(tenantId);
    if (known == null) {
      known = Set.copyOf(database.read(Scope.tenant(tenantId), () -> scripts.hooks(tenantId)));
      hooks.put(tenantId, known);
    }
    return known.contains(hook);
  }

  @Override
  @Deactivate
  public void close() {
    changes.close();
  }
}
