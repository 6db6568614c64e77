package dev.slipway.scripts.resource;

import dev.slipway.api.Caller;
import dev.slipway.api.platform.Json;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.IfMatch;
import dev.slipway.api.rest.Op;
import dev.slipway.api.rest.RateLimit;
import dev.slipway.api.script.ScriptOutcome;
import dev.slipway.api.spi.RestResource;
import dev.slipway.scripts.ScriptsError;
import dev.slipway.scripts.resource.ExecutionPayloads.ExecutionAnswer;
import dev.slipway.scripts.resource.ExecutionPayloads.Run;
import dev.slipway.scripts.resource.ScriptPayloads.Change;
import dev.slipway.scripts.resource.ScriptPayloads.Check;
import dev.slipway.scripts.resource.ScriptPayloads.CheckAnswer;
import dev.slipway.scripts.resource.ScriptPayloads.Create;
import dev.slipway.scripts.resource.ScriptPayloads.ScriptAnswer;
import dev.slipway.scripts.resource.ScriptPayloads.ScriptsAnswer;
import dev.slipway.scripts.service.ExecutionService;
import dev.slipway.scripts.service.ScriptService;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** A tenant's scripts. */
@Component(service = RestResource.class)
@Path("/api/scripts")
public final class ScriptResource implements RestResource {
  private final ScriptService scripts;
  private final ExecutionService executions;
  private final Json json;

  /** Made by the component runtime. */
  @Activate
  public ScriptResource(
      @Reference ScriptService scripts,
      @Reference ExecutionService executions,
      @Reference Json json) {
    this.scripts = scripts;
    this.executions = executions;
    this.json = json;
  }

  @GET
  @Op(value = "scripts.script.list", access = Access.TENANT, summary = "List the tenant's scripts")
  public ScriptsAnswer list(
      @Context Caller caller,
      @QueryParam("hook") @Size(max = 100) @Nullable String hook,
      @QueryParam("enabled") @Nullable Boolean enabled,
      @QueryParam("cursor") @Nullable UUID cursor,
      @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit) {
    return ScriptsAnswer.of(scripts.list(caller, hook, enabled, cursor, limit), limit);
  }

  @POST
  @Op(
      value = "scripts.script.create",
      access = Access.TENANT_ADMIN,
      summary = "Save a script as version 1",
      status = 201,
      errors = {
        "400 does not compile, with line, column and message of each fault",
        "409 name taken",
        "422 too many scripts",
        "429 too many scripts wait"
      })
  public ScriptAnswer create(@Context Caller caller, Create body) {
    return ScriptAnswer.of(scripts.create(caller, body.toDraft()));
  }

  @POST
  @Path("validate")
  @RateLimit(calls = 300, seconds = 60)
  @Op(
      value = "scripts.script.validate",
      access = Access.TENANT,
      summary = "Check source without saving it",
      errors = "429 too many scripts wait")
  public CheckAnswer validate(@Context Caller caller, Check body) {
    return CheckAnswer.of(scripts.validate(caller, body.hook(), body.source()));
  }

  @GET
  @Path("{id}")
  @Op(
      value = "scripts.script.get",
      access = Access.TENANT,
      summary = "Fetch a script with its active version")
  public ScriptAnswer get(@Context Caller caller, @PathParam("id") UUID id) {
    return ScriptAnswer.of(scripts.get(caller, id));
  }

  @PATCH
  @Path("{id}")
  @Op(
      value = "scripts.script.update",
      access = Access.TENANT_ADMIN,
      summary = "Change a script; new source makes a new version",
      errors = {
        "400 does not compile, with line, column and message of each fault",
        "409 name taken",
        "412 changed meanwhile",
        "429 too many scripts wait"
      })
  public ScriptAnswer update(
      @Context Caller caller, @PathParam("id") UUID id, @Context IfMatch ifMatch, Change body) {
    return ScriptAnswer.of(scripts.update(caller, id, ifMatch, body::over));
  }

  @DELETE
  @Path("{id}")
  @Op(
      value = "scripts.script.delete",
      access = Access.TENANT_ADMIN,
      summary = "Remove a script",
      errors = "409 a remediation policy or alert rule uses it")
  public void delete(@Context Caller caller, @PathParam("id") UUID id) {
    scripts.delete(caller, id);
  }

  @POST
  @Path("{id}/run")
  @Op(
      value = "scripts.script.run",
      access = Access.TENANT_ADMIN,
      summary = "Run a script on a sample or given event, effects dry by default",
      errors = {"400 event does not fit the hook", "422 script failed or hit a limit"})
  public ExecutionAnswer run(@Context Caller caller, @PathParam("id") UUID id, @Nullable Run body)
      throws InterruptedException {
    var wish = body == null ? new Run(null, null) : body;
    var dry = !Boolean.FALSE.equals(wish.dryRun());
    var execution = executions.run(caller, id, wish.event(), dry);
    var view = ExecutionPayloads.View.of(execution, json);
    if (execution.status() != ScriptOutcome.Status.SUCCEEDED) {
      var error = Objects.requireNonNull(execution.error());
      throw ScriptsError.NOT_SUCCEEDED
          .of(String.valueOf(error.get("message")))
          .withMember("execution", json.members(view));
    }
    return new ExecutionAnswer(view);
  }
}
