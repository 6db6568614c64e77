package dev.slipway.activity.resource;

import dev.slipway.activity.OperationFilter;
import dev.slipway.activity.resource.OperationPayloads.OperationAnswer;
import dev.slipway.activity.resource.OperationPayloads.OperationsAnswer;
import dev.slipway.activity.resource.OperationPayloads.StepsAnswer;
import dev.slipway.activity.resource.OperationPayloads.View;
import dev.slipway.activity.service.OperationService;
import dev.slipway.api.Caller;
import dev.slipway.api.PageRequest;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Long-running operations of the tenant. */
@Component(service = RestResource.class)
@Path("/api/operations")
public final class OperationResource implements RestResource {
  private final OperationService service;

  @Activate
  public OperationResource(@Reference OperationService service) {
    this.service = service;
  }

  @GET
  @Op(
      value = "activity.operation.list",
      access = Access.TENANT,
      summary = "Page through long-running operations, newest first")
  public OperationsAnswer list(
      @Context Caller caller,
      @QueryParam("entity_type") @Size(min = 1, max = 100) @Nullable String entityType,
      @QueryParam("entity_id") @Nullable UUID entityId,
      @QueryParam("reference_id") @Nullable UUID referenceId,
      @Context PageRequest page) {
    var filter = new OperationFilter(entityType, entityId, referenceId);
    return OperationsAnswer.of(service.list(caller, filter, page), page);
  }

  @GET
  @Path("{id}")
  @Op(value = "activity.operation.get", access = Access.TENANT, summary = "Fetch one operation")
  public OperationAnswer get(@Context Caller caller, @PathParam("id") UUID id) {
    return new OperationAnswer(View.of(service.get(caller, id)));
  }

  @GET
  @Path("{id}/steps")
  @Op(
      value = "activity.step.list",
      access = Access.TENANT,
      summary = "Show the steps of an operation")
  public StepsAnswer steps(@Context Caller caller, @PathParam("id") UUID id) {
    return StepsAnswer.of(service.plan(caller, id));
  }
}
