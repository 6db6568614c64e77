package dev.slipway.apps.resource.environment;

import dev.slipway.api.Caller;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import dev.slipway.apps.resource.environment.PromotionPayloads.GraphAnswer;
import dev.slipway.apps.service.environment.PromotionGraph;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** How versions go from environment to environment. */
@Component(service = RestResource.class)
@Path("/api/environments/graph")
public final class PromotionGraphResource implements RestResource {
  private final PromotionGraph graph;

  /** Made by the component runtime. */
  @Activate
  public PromotionGraphResource(@Reference PromotionGraph graph) {
    this.graph = graph;
  }

  @GET
  @Op(
      value = "apps.environment-graph.get",
      access = Access.TENANT,
      summary = "Return the tenant's promotion graph with health and traffic")
  public GraphAnswer get(@Context Caller caller) {
    return GraphAnswer.of(graph.of(caller));
  }
}
