package dev.slipway.scripts.service;

import dev.slipway.api.Scope;
import dev.slipway.api.event.Signals;
import dev.slipway.data.Database;
import dev.slipway.scripts.Script;
import dev.slipway.scripts.store.ScriptStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * The enabled scripts of the tenants that asked last, remembered, since they are asked for with
 * every event and every run. A change is known on this node when it is committed, and within a
 * second on every other. How a script's last run came out is not kept up to date here.
 */
@Component(service = Attachments.class)
public final class Attachments implements AutoCloseable {
  private static final String PREFIX = "scripts:attached:";
  private static final int MOST_TENANTS = 10_000;
  private static final int MOST_SCRIPTS = 50_000;

  private final Database database;
  private final Signals signals;
  private final ScriptStore scripts;
  private final LinkedHashMap<UUID, List<Script>> latest = new LinkedHashMap<>(64, 0.75f, true);
  private final Signals.Subscription changes;
  private int kept;
  private long forgotten;

  @Activate
  public Attachments(@Reference Database database, @Reference Signals signals) {
    this.database = database;
    this.signals = signals;
    scripts = new ScriptStore(database);
    changes = signals.onPrefix(PREFIX, this::heard);
  }

  /** The tenant's scripts have changed; needs a writing unit of work. */
  void changed(UUID tenantId) {
    signals.raise(PREFIX + tenantId);
    // The signal takes a moment to come round; on this node the very next run must know.
    database.afterCommit(() -> forget(tenantId));
  }

  /** Whether the tenant has an enabled script at the hook. */
  boolean at(UUID tenantId, String hook) {
    return enabled(tenantId).anyMatch(script -> script.hook().equals(hook));
  }

  /** The enabled scripts at a hook, in order of creation. */
  List<Script> attached(UUID tenantId, String hook) {
    return enabled(tenantId).filter(script -> script.hook().equals(hook)).toList();
  }

  /** An enabled script of the tenant; whether one is missing is looked up, or a run may be lost. */
  Optional<Script> find(UUID tenantId, UUID scriptId) {
    return enabled(tenantId)
        .filter(script -> script.id().equals(scriptId))
        .findFirst()
        .or(() -> database.read(Scope.tenant(tenantId), () -> scripts.find(scriptId)))
        .filter(Script::enabled);
  }

  private Stream<Script> enabled(UUID tenantId) {
    long before;
    synchronized (latest) {
      var known = latest.get(tenantId);
      if (known != null) {
        return known.stream();
      }
      before = forgotten;
    }
    var found = database.read(Scope.tenant(tenantId), () -> scripts.enabled(tenantId));
    synchronized (latest) {
      // Whatever was forgotten meanwhile may have been this.
      if (forgotten == before) {
        keep(tenantId, found);
      }
    }
    return found.stream();
  }

  private void keep(UUID tenantId, List<Script> found) {
    remove(tenantId);
    latest.put(tenantId, found);
    kept += found.size();
    while (latest.size() > MOST_TENANTS || kept > MOST_SCRIPTS) {
      kept -= latest.pollFirstEntry().getValue().size();
    }
  }

  private void heard(String tenantId) {
    try {
      forget(UUID.fromString(tenantId));
    } catch (IllegalArgumentException notAnId) {
      // After a lost connection nobody knows what was missed.
      forget(null);
    }
  }

  private void forget(@Nullable UUID tenantId) {
    synchronized (latest) {
      forgotten++;
      if (tenantId != null) {
        remove(tenantId);
      } else {
        latest.clear();
        kept = 0;
      }
    }
  }

  private void remove(UUID tenantId) {
    var known = latest.remove(tenantId);
    kept -= known == null ? 0 : known.size();
  }

  @Override
  @Deactivate
  public void close() {
    changes.close();
  }
}
