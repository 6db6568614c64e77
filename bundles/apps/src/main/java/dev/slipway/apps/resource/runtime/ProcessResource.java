package dev.slipway.apps.resource.runtime;

import dev.slipway.api.Caller;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import dev.slipway.apps.resource.runtime.ProcessPayloads.ProcessAnswer;
import dev.slipway.apps.resource.runtime.ProcessPayloads.ProcessesAnswer;
import dev.slipway.apps.resource.runtime.ProcessPayloads.Put;
import dev.slipway.apps.service.runtime.ProcessService;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Processes of one app. */
@Component(service = RestResource.class)
@Path("/api/apps/{appId}/processes")
public final class ProcessResource implements RestResource {
  private final ProcessService service;

  /** Made by the component runtime. */
  @Activate
  public ProcessResource(@Reference ProcessService service) {
    this.service = service;
  }

  @GET
  @Op(
      value = "apps.process.list",
      access = Access.TENANT,
      summary = "Show what an app runs beside what answers its requests")
  public ProcessesAnswer list(@Context Caller caller, @PathParam("appId") UUID appId) {
    return ProcessesAnswer.of(service.list(caller, appId));
  }

  @PUT
  @Path("{name}")
  @Op(
      value = "apps.process.set",
      access = Access.TENANT,
      summary = "Have an app run a process by another command",
      errors = {"409 being deleted", "422 too many, or a Compose file says what runs"})
  public ProcessAnswer set(
      @Context Caller caller,
      @PathParam("appId") UUID appId,
      @PathParam("name") @Size(max = 63) String name,
      Put body) {
    return ProcessAnswer.of(service.put(caller, appId, name, body.command(), body.count()));
  }

  @DELETE
  @Path("{name}")
  @Op(
      value = "apps.process.delete",
      access = Access.TENANT,
      summary = "Take a process from an app",
      errors = "409 being deleted")
  public void delete(
      @Context Caller caller,
      @PathParam("appId") UUID appId,
      @PathParam("name") @Size(max = 63) String name) {
    service.delete(caller, appId, name);
  }
}
