package dev.slipway.plugins.resource;

import dev.slipway.api.Caller;
import dev.slipway.api.plugin.PluginRegistry;
import dev.slipway.api.plugin.PluginRegistry.Settings;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import dev.slipway.plugins.resource.PluginPayloads.SettingsDraft;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What can be set of a plugin. */
@Path("/api/admin/plugins/{pluginId}/settings")
@Component(service = RestResource.class)
public final class PluginSettingsResource implements RestResource {
  private final PluginRegistry registry;

  @Activate
  public PluginSettingsResource(@Reference PluginRegistry registry) {
    this.registry = registry;
  }

  @GET
  @Op(
      value = "plugins.settings.read",
      access = Access.ROOT_ADMIN,
      summary = "Fetch a plugin's settings with their schema")
  public Settings get(@PathParam("pluginId") String pluginId) {
    return registry.settings(pluginId);
  }

  @PUT
  @Op(
      value = "plugins.settings.update",
      access = Access.ROOT_ADMIN,
      summary = "Replace a plugin's settings, applied live",
      errors = "400 per field against the schema")
  public Settings replace(
      @Context Caller caller, @PathParam("pluginId") String pluginId, SettingsDraft body) {
    return registry.configure(caller, pluginId, body.values());
  }
}
