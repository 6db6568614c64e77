package dev.slipway.api.script;

import dev.slipway.api.Caller;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A call of an API function by a running script.
 *
 * @param owner whose rights hold: the script's owner with the role that the owner has in the tenant
 *     at this moment. A function asks it for what its own REST operation asks its caller for
 * @param arguments plain JSON values that fit the function's {@link
 *     dev.slipway.api.spi.ScriptApi#arguments()}
 * @since 0.1.0
 */
@ProviderType
public record ScriptCall(
    Caller owner, UUID scriptId, UUID executionId, List<@Nullable Object> arguments) {
  /** The tenant that the script belongs to. */
  public UUID tenantId() {
    return owner.tenantId();
  }

  /** An argument; null where the script gave none or null. */
  public @Nullable Object argument(int index) {
    return index < arguments.size() ? arguments.get(index) : null;
  }

  /** A text among the arguments; null where the script gave none or null. */
  public @Nullable String text(int index) {
    return (String) argument(index);
  }
}
