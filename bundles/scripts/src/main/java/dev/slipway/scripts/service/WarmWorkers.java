package dev.slipway.scripts.service;

import dev.slipway.api.Scope;
import dev.slipway.api.script.ScriptSandbox;
import dev.slipway.data.Database;
import dev.slipway.scripts.store.ScriptStore;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Where tenants have scripts that may run at any time, a node has processes ready from its start.
 */
@Component(service = WarmWorkers.class, immediate = true)
public final class WarmWorkers {
  private static final Scope SCOPE = Scope.platform("whether any tenant has scripts");

  @Activate
  public WarmWorkers(@Reference Database database, @Reference ScriptSandbox sandbox) {
    var scripts = new ScriptStore(database);
    if (!database.read(SCOPE, () -> scripts.list(null, true, null, 1)).isEmpty()) {
      sandbox.warm();
    }
  }
}
