package dev.slipway.plugins.resource;

import dev.slipway.api.plugin.PluginRegistry;
import dev.slipway.api.plugin.PluginRegistry.Outlook;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.BodyLimit;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.io.InputStream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** A look at what a file would do. */
@Path("/api/admin/plugin-outlook")
@Component(service = RestResource.class)
public final class PluginOutlookResource implements RestResource {
  private static final long LARGEST_BUNDLE = 64L * 1024 * 1024;

  private final PluginRegistry registry;

  @Activate
  public PluginOutlookResource(@Reference PluginRegistry registry) {
    this.registry = registry;
  }

  @POST
  @Consumes("application/java-archive")
  @BodyLimit(LARGEST_BUNDLE)
  @Op(
      value = "plugins.outlook.create",
      access = Access.ROOT_ADMIN,
      summary = "Tell what installing or updating from a bundle would do, and do nothing",
      errors = "400 no valid bundle or manifest")
  public Outlook look(InputStream bundle) {
    return registry.outlook(bundle);
  }
}
