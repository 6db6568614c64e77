package dev.slipway.deployments.resource.diagnosis;

import dev.slipway.api.Caller;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import dev.slipway.deployments.resource.diagnosis.DiagnosticPayloads.DiagnosticsAnswer;
import dev.slipway.deployments.service.diagnosis.DiagnosticService;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Causes of the failure of a deployment. */
@Component(service = RestResource.class)
@Path("/api/deployments")
public final class DeploymentDiagnosticResource implements RestResource {
  private final DiagnosticService service;

  @Activate
  public DeploymentDiagnosticResource(@Reference DiagnosticService service) {
    this.service = service;
  }

  @GET
  @Path("{deployId}/diagnostics")
  @Op(
      value = "deployments.diagnostic.list",
      access = Access.TENANT,
      summary = "Explain why a deployment misbehaved")
  public DiagnosticsAnswer list(@Context Caller caller, @PathParam("deployId") UUID id) {
    return DiagnosticsAnswer.of(service.ofDeployment(caller, id));
  }
}
