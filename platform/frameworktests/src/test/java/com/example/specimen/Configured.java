package com.example.specimen;

import dev.slipway.api.plugin.PluginSettings;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells what its settings are now, and what it heard last. */
@Path("configured")
public final class Configured implements RestResource {
  // Set by the component runtime.
  private @Nullable PluginSettings settings;

  /** In the clear, as no sound plugin would do. */
  @GET
  @Op(value = "specimen.settings.read", access = Access.ROOT_ADMIN, summary = "Tell all")
  public Map<String, @Nullable Object> settings() {
    return Map.of(
        "now", java.util.Objects.requireNonNull(settings).current(), "heard", Hearing.last());
  }
}
