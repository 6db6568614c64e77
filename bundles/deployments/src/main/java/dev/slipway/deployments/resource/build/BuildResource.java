package dev.slipway.deployments.resource.build;

import dev.slipway.api.Caller;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import dev.slipway.deployments.resource.build.BuildPayloads.BuildsAnswer;
import dev.slipway.deployments.resource.build.BuildPayloads.DiffAnswer;
import dev.slipway.deployments.resource.build.BuildPayloads.Manifest;
import dev.slipway.deployments.service.build.BuildService;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What is known of builds. */
@Component(service = RestResource.class)
@Path("/api/builds")
public final class BuildResource implements RestResource {
  private final BuildService service;

  @Activate
  public BuildResource(@Reference BuildService service) {
    this.service = service;
  }

  @GET
  @Op(
      value = "deployments.build.list",
      access = Access.TENANT,
      summary = "Page through build manifests, newest first")
  public BuildsAnswer list(
      @Context Caller caller,
      @QueryParam("app_id") @Nullable UUID appId,
      @QueryParam("before") @Nullable Instant before,
      @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(100) int limit) {
    return BuildsAnswer.of(service.list(caller, appId, before, limit), limit);
  }

  @GET
  @Path("{id}")
  @Op(
      value = "deployments.build.get",
      access = Access.TENANT,
      summary = "Fetch the manifest of a build")
  public Manifest get(@Context Caller caller, @PathParam("id") UUID id) {
    return Manifest.of(service.get(caller, id));
  }

  @GET
  @Path("{a}/diff/{b}")
  @Op(
      value = "deployments.build.diff",
      access = Access.TENANT,
      summary = "Contrast the manifests of two builds")
  public DiffAnswer diff(@Context Caller caller, @PathParam("a") UUID a, @PathParam("b") UUID b) {
    return DiffAnswer.of(service.get(caller, a), service.get(caller, b));
  }
}
