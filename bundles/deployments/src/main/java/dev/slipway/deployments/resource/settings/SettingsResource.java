package dev.slipway.deployments.resource.settings;

import dev.slipway.api.Caller;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import dev.slipway.deployments.resource.settings.SettingsPayloads.Change;
import dev.slipway.deployments.resource.settings.SettingsPayloads.ReadinessAnswer;
import dev.slipway.deployments.resource.settings.SettingsPayloads.SettingsAnswer;
import dev.slipway.deployments.service.settings.ReadinessService;
import dev.slipway.deployments.service.settings.SettingsService;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Deployment defaults of an app, and whether it could deploy. */
@Component(service = RestResource.class)
@Path("/api/apps/{appId}")
public final class SettingsResource implements RestResource {
  private final SettingsService settings;
  private final ReadinessService readiness;

  @Activate
  public SettingsResource(
      @Reference SettingsService settings, @Reference ReadinessService readiness) {
    this.settings = settings;
    this.readiness = readiness;
  }

  @GET
  @Path("deployment-readiness")
  @Op(
      value = "deployments.readiness.get",
      access = Access.TENANT,
      summary = "Tell whether an app could deploy right now")
  public ReadinessAnswer readiness(@Context Caller caller, @PathParam("appId") UUID appId) {
    return ReadinessAnswer.of(readiness.check(caller, appId));
  }

  @GET
  @Path("deployment-settings")
  @Op(
      value = "deployments.settings.get",
      access = Access.TENANT,
      summary = "Read deployment defaults and the automatic-deploy rule")
  public SettingsAnswer get(@Context Caller caller, @PathParam("appId") UUID appId) {
    return SettingsAnswer.of(settings.get(caller, appId));
  }

  @PATCH
  @Path("deployment-settings")
  @Op(
      value = "deployments.settings.update",
      access = Access.TENANT,
      summary = "Change deployment defaults and the automatic-deploy rule",
      errors = "404 environment unknown")
  public SettingsAnswer update(
      @Context Caller caller, @PathParam("appId") UUID appId, @NotNull Change body) {
    return SettingsAnswer.of(settings.update(caller, appId, body.toPatch()));
  }
}
