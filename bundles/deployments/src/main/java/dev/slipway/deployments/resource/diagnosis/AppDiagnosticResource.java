package dev.slipway.deployments.resource.diagnosis;

import dev.slipway.api.Caller;
import dev.slipway.api.PageRequest;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import dev.slipway.deployments.resource.StatusList;
import dev.slipway.deployments.resource.diagnosis.DiagnosticPayloads.DiagnosticsPage;
import dev.slipway.deployments.service.diagnosis.DiagnosticService;
import dev.slipway.deployments.store.diagnosis.Severity;
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

/** Causes of the failures of an app. */
@Component(service = RestResource.class)
@Path("/api/apps/{appId}")
public final class AppDiagnosticResource implements RestResource {
  private final DiagnosticService service;

  @Activate
  public AppDiagnosticResource(@Reference DiagnosticService service) {
    this.service = service;
  }

  @GET
  @Path("diagnostics")
  @Op(
      value = "deployments.app-diagnostic.list",
      access = Access.TENANT,
      summary = "Show findings recorded for an app")
  public DiagnosticsPage list(
      @Context Caller caller,
      @PathParam("appId") UUID appId,
      @QueryParam("severity") @Size(max = 200) @Nullable String severity,
      @Context PageRequest page) {
    var severities = StatusList.of(severity, "severity", Severity.values());
    return DiagnosticsPage.of(service.ofApp(caller, appId, severities, page));
  }
}
