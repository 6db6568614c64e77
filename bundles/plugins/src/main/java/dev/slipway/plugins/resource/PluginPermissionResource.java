package dev.slipway.plugins.resource;

import dev.slipway.api.Caller;
import dev.slipway.api.plugin.PluginRegistry;
import dev.slipway.api.plugin.PluginRegistry.Permissions;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import dev.slipway.plugins.resource.PluginPayloads.Grant;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What a plugin may do. */
@Path("/api/admin/plugins/{pluginId}/permissions")
@Component(service = RestResource.class)
public final class PluginPermissionResource implements RestResource {
  private final PluginRegistry registry;

  @Activate
  public PluginPermissionResource(@Reference PluginRegistry registry) {
    this.registry = registry;
  }

  @GET
  @Op(
      value = "plugins.permission.read",
      access = Access.ROOT_ADMIN,
      summary = "Fetch what a plugin asks for and what of it is granted")
  public Permissions get(@PathParam("pluginId") String pluginId) {
    return registry.permissions(pluginId);
  }

  @PUT
  @Op(
      value = "plugins.permission.update",
      access = Access.ROOT_ADMIN,
      summary = "Grant exactly these permissions, from now on",
      errors = "400 one that it does not ask for")
  public Permissions grant(
      @Context Caller caller, @PathParam("pluginId") String pluginId, Grant body) {
    return registry.grant(caller, pluginId, body.granted());
  }
}
