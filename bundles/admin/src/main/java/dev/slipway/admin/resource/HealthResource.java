package dev.slipway.admin.resource;

import dev.slipway.admin.resource.HealthPayloads.Current;
import dev.slipway.admin.resource.HealthPayloads.IntegrationCheck;
import dev.slipway.admin.resource.HealthPayloads.Integrations;
import dev.slipway.admin.resource.HealthPayloads.Metrics;
import dev.slipway.admin.resource.HealthPayloads.Nodes;
import dev.slipway.admin.service.HealthService;
import dev.slipway.admin.service.HealthService.Range;
import dev.slipway.admin.service.IntegrationService;
import dev.slipway.api.CommonError;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** How the platform's nodes and the systems around them are. */
@Component(service = RestResource.class)
@Path("/api/admin/health")
public final class HealthResource implements RestResource {
  private final HealthService health;
  private final IntegrationService integrations;

  @Activate
  public HealthResource(
      @Reference HealthService health, @Reference IntegrationService integrations) {
    this.health = health;
    this.integrations = integrations;
  }

  @GET
  @Path("nodes")
  @Op(
      value = "admin.node.list",
      access = Access.ROOT_ADMIN,
      summary = "Show the nodes that lived in the last week")
  public Nodes nodes() {
    return Nodes.of(health.nodes());
  }

  @GET
  @Path("metrics")
  @Op(
      value = "admin.node-metric.list",
      access = Access.ROOT_ADMIN,
      summary = "Show the load of a node, or of all together, over time",
      errors = "404 no such node")
  public Metrics metrics(
      @QueryParam("node") @Nullable UUID node,
      @QueryParam("range") @DefaultValue("24h") String range) {
    var wanted =
        Arrays.stream(Range.values())
            .filter(each -> each.word().equals(range))
            .findFirst()
            .orElseThrow(
                () ->
                    CommonError.INVALID
                        .of()
                        .withField("range", "must be one of 1h, 6h, 24h, 7d, 30d"));
    return Metrics.of(health.load(node, wanted));
  }

  @GET
  @Path("current")
  @Op(
      value = "admin.node-metric.current",
      access = Access.ROOT_ADMIN,
      summary = "Show the newest load of each living node")
  public Current current() {
    return Current.of(health.current());
  }

  @GET
  @Path("integrations")
  @Op(
      value = "admin.integration.list",
      access = Access.ROOT_ADMIN,
      summary = "Look at the systems that the platform works with")
  public Integrations integrations() throws InterruptedException {
    return new Integrations(integrations.look().stream().map(IntegrationCheck::of).toList());
  }
}
