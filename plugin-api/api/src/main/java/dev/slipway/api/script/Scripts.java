package dev.slipway.api.script;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The scripts that tenants have attached to hooks. A plugin runs them at the hooks that it has
 * brought itself, by {@link #run}. Calls wait for the scripts, so they do not belong into a unit of
 * work or onto a thread that serves several tenants in turn.
 *
 * @since 0.1.0
 */
@ProviderType
public interface Scripts {
  /** Whether the tenant has an enabled script at a hook; cheap, for places that run often. */
  boolean attached(UUID tenantId, String hook);

  /**
   * Runs the tenant's enabled scripts at a hook whose filter lets the event pass, one after another
   * in order of creation, with their effects.
   *
   * @param event plain JSON values; must fit the hook's input schema
   * @return one entry for each script that ran; empty where none is attached
   * @throws IllegalArgumentException where there is no such hook or the event does not fit it
   */
  List<ScriptRun> run(
      UUID tenantId, String hook, Map<String, @Nullable Object> event, ScriptTrigger trigger)
      throws InterruptedException;

  /**
   * Runs one script of the tenant, whatever its filter says, with its effects.
   *
   * @param event plain JSON values; must fit the script's hook
   * @throws dev.slipway.api.PlatformException 404 where there is no such script or it is disabled
   * @throws IllegalArgumentException where the event does not fit
   */
  ScriptRun runOne(
      UUID tenantId, UUID scriptId, Map<String, @Nullable Object> event, ScriptTrigger trigger)
      throws InterruptedException;
}
