package dev.slipway.pluginhost;

import dev.slipway.api.script.ScriptRun;
import dev.slipway.api.script.ScriptTrigger;
import dev.slipway.api.script.Scripts;
import dev.slipway.api.spi.ScriptHook;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;

/** Tenants' scripts as one plugin may run them: at the hooks that it has brought itself. */
record PluginScripts(String plugin, Scripts scripts, BundleContext context) implements Scripts {
  @Override
  public boolean attached(UUID tenantId, String hook) {
    require(hook);
    return scripts.attached(tenantId, hook);
  }

  @Override
  public List<ScriptRun> run(
      UUID tenantId, String hook, Map<String, @Nullable Object> event, ScriptTrigger trigger)
      throws InterruptedException {
    require(hook);
    return scripts.run(tenantId, hook, event, trigger);
  }

  /** At which hook a script stands is not known here, so it may be one of another bundle. */
  @Override
  public ScriptRun runOne(
      UUID tenantId, UUID scriptId, Map<String, @Nullable Object> event, ScriptTrigger trigger) {
    throw PluginError.NOT_GRANTED.of(plugin, "run a script whatever its hook");
  }

  private void require(String hook) {
    if (!owns(hook)) {
      throw PluginError.NOT_GRANTED.of(plugin, "run scripts at " + hook);
    }
  }

  private boolean owns(String hook) {
    try {
      for (var reference :
          context.getServiceReferences(ScriptHook.class, GuardedCallbacks.marks(plugin))) {
        var brought = context.getService(reference);
        if (brought != null) {
          context.ungetService(reference);
          if (brought.name().equals(hook)) {
            return true;
          }
        }
      }
      return false;
    } catch (InvalidSyntaxException never) {
      throw new IllegalStateException(never);
    }
  }
}
