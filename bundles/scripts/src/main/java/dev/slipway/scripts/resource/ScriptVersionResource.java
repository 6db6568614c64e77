package dev.slipway.scripts.resource;

import dev.slipway.api.Caller;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import dev.slipway.scripts.resource.ScriptPayloads.ScriptAnswer;
import dev.slipway.scripts.resource.ScriptPayloads.VersionsAnswer;
import dev.slipway.scripts.service.ScriptService;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The sources that a script has and had. */
@Component(service = RestResource.class)
@Path("/api/scripts/{id}/versions")
public final class ScriptVersionResource implements RestResource {
  private final ScriptService scripts;

  /** Made by the component runtime. */
  @Activate
  public ScriptVersionResource(@Reference ScriptService scripts) {
    this.scripts = scripts;
  }

  @GET
  @Op(
      value = "scripts.version.list",
      access = Access.TENANT,
      summary = "List a script's versions, newest first")
  public VersionsAnswer list(
      @Context Caller caller,
      @PathParam("id") UUID id,
      @QueryParam("cursor") @Min(1) @Nullable Integer cursor,
      @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit) {
    var active = scripts.get(caller, id).script().activeVersion();
    return VersionsAnswer.of(scripts.versions(caller, id, cursor, limit), active, limit);
  }

  @POST
  @Path("{version}/activate")
  @Op(
      value = "scripts.version.activate",
      access = Access.TENANT_ADMIN,
      summary = "Make an earlier version active",
      errors = "404 no such script or version")
  public ScriptAnswer activate(
      @Context Caller caller,
      @PathParam("id") UUID id,
      @PathParam("version") @Size(max = 100) String version) {
    return ScriptAnswer.of(scripts.activate(caller, id, number(version)));
  }

  /** What is no number is no version; 0 is none either. */
  private static int number(String version) {
    return version.matches("\\d{1,9}") ? Integer.parseInt(version) : 0;
  }
}
