package dev.slipway.apps.resource.variable;

import dev.slipway.api.Caller;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import dev.slipway.apps.resource.variable.EnvVarPayloads.CreateMany;
import dev.slipway.apps.resource.variable.EnvVarPayloads.ManyAnswer;
import dev.slipway.apps.resource.variable.EnvVarPayloads.ResolvedAnswer;
import dev.slipway.apps.service.variable.EnvVarService;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The variables of one app as a whole. */
@Component(service = RestResource.class)
@Path("/api/apps/{appId}")
public final class AppVariableResource implements RestResource {
  private final EnvVarService service;

  /** Made by the component runtime. */
  @Activate
  public AppVariableResource(@Reference EnvVarService service) {
    this.service = service;
  }

  @POST
  @Path("env-vars-bulk")
  @Op(
      value = "apps.env-var.create-many",
      access = Access.TENANT,
      summary = "Add many app variables in one call",
      status = 201,
      errors = "422 too many or too large")
  public ManyAnswer createMany(
      @Context Caller caller, @PathParam("appId") UUID appId, CreateMany body) {
    var overwrite = Boolean.TRUE.equals(body.overwrite());
    return ManyAnswer.of(service.createMany(caller, appId, body.entries(), overwrite));
  }

  @GET
  @Path("env")
  @Op(
      value = "apps.app-variable.list",
      access = Access.TENANT,
      summary = "Show the app layer that environments inherit")
  public ResolvedAnswer inherited(@Context Caller caller, @PathParam("appId") UUID appId) {
    return ResolvedAnswer.of(service.inherited(caller, appId));
  }
}
