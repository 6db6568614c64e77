package dev.slipway.admin.resource;

import dev.slipway.admin.resource.OverviewPayloads.About;
import dev.slipway.admin.resource.OverviewPayloads.Dashboard;
import dev.slipway.admin.service.OverviewService;
import dev.slipway.api.platform.Platform;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The platform at a glance. */
@Component(service = RestResource.class)
@Path("/api/admin")
public final class OverviewResource implements RestResource {
  private final Platform platform;
  private final OverviewService overview;

  @Activate
  public OverviewResource(@Reference Platform platform, @Reference OverviewService overview) {
    this.platform = platform;
    this.overview = overview;
  }

  @GET
  @Path("about")
  @Op(
      value = "admin.platform.about",
      access = Access.ROOT_ADMIN,
      summary = "Tell the platform's version and copyright")
  public About about() {
    return new About(platform.version(), "Copyright the Slipway authors. Apache License 2.0.");
  }

  @GET
  @Path("dashboard")
  @Op(
      value = "admin.platform.dashboard",
      access = Access.ROOT_ADMIN,
      summary = "Show how many users and tenants there are and what is not well")
  public Dashboard dashboard() throws InterruptedException {
    return Dashboard.of(overview.look());
  }
}
