package dev.slipway.scripts.resource;

import dev.slipway.api.Caller;
import dev.slipway.api.platform.Json;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.script.ScriptOutcome;
import dev.slipway.api.spi.RestResource;
import dev.slipway.scripts.resource.ExecutionPayloads.ExecutionAnswer;
import dev.slipway.scripts.resource.ExecutionPayloads.ExecutionsAnswer;
import dev.slipway.scripts.resource.ExecutionPayloads.View;
import dev.slipway.scripts.service.ExecutionService;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
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

/** What scripts have done. */
@Component(service = RestResource.class)
@Path("/api")
public final class ScriptExecutionResource implements RestResource {
  private final ExecutionService executions;
  private final Json json;

  /** Made by the component runtime. */
  @Activate
  public ScriptExecutionResource(@Reference ExecutionService executions, @Reference Json json) {
    this.executions = executions;
    this.json = json;
  }

  @GET
  @Path("scripts/{id}/executions")
  @Op(
      value = "scripts.execution.list",
      access = Access.TENANT,
      summary = "List a script's executions, newest first")
  public ExecutionsAnswer list(
      @Context Caller caller,
      @PathParam("id") UUID id,
      @QueryParam("status") ScriptOutcome.@Nullable Status status,
      @QueryParam("cursor") @Nullable UUID cursor,
      @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit) {
    return ExecutionsAnswer.of(executions.list(caller, id, status, cursor, limit), limit, json);
  }

  @GET
  @Path("script-executions/{id}")
  @Op(
      value = "scripts.execution.get",
      access = Access.TENANT,
      summary = "Fetch one execution with logs, effects and limits used")
  public ExecutionAnswer get(@Context Caller caller, @PathParam("id") UUID id) {
    return new ExecutionAnswer(View.of(executions.get(caller, id), json));
  }
}
