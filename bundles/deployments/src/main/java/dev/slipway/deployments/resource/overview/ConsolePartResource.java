package dev.slipway.deployments.resource.overview;

import dev.slipway.api.Caller;
import dev.slipway.api.PageRequest;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import dev.slipway.apps.AppStatus;
import dev.slipway.console.Html;
import dev.slipway.deployments.page.AppsQuery;
import dev.slipway.deployments.page.LogPart;
import dev.slipway.deployments.page.template.JteappGenerated;
import dev.slipway.deployments.page.template.JteappsGenerated;
import dev.slipway.deployments.page.template.JtedeploymentGenerated;
import dev.slipway.deployments.page.template.JtelinesGenerated;
import dev.slipway.deployments.page.template.JtelogGenerated;
import dev.slipway.deployments.service.overview.AppOverviews;
import dev.slipway.deployments.service.overview.DeploymentLog;
import dev.slipway.deployments.service.overview.DeploymentOverviews;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What the console's pages about apps and deployments show to a member of a tenant. */
@Path("/console/parts")
@Component(service = RestResource.class)
public final class ConsolePartResource implements RestResource {
  private static final int LINES = 1_000;

  private final AppOverviews apps;
  private final DeploymentOverviews deployments;
  private final DeploymentLog log;

  @Activate
  public ConsolePartResource(
      @Reference AppOverviews apps,
      @Reference DeploymentOverviews deployments,
      @Reference DeploymentLog log) {
    this.apps = apps;
    this.deployments = deployments;
    this.log = log;
  }

  @GET
  @Path("apps")
  @Produces(Html.TYPE)
  @Op(
      value = "deployments.part.apps",
      access = Access.TENANT,
      summary = "Show the tenant's apps as HTML")
  public String apps(
      @Context Caller caller,
      @QueryParam("search") @Size(max = 200) @Nullable String search,
      @QueryParam("status") @Nullable AppStatus status,
      @Context PageRequest page) {
    var query = new AppsQuery(Objects.requireNonNullElse(search, "").strip(), status, page);
    var wanted = query.search().isEmpty() ? null : query.search();
    var found = apps.list(caller, status, wanted, page);
    return Html.of(out -> JteappsGenerated.render(out, null, found, query));
  }

  @GET
  @Path("apps/{id}")
  @Produces(Html.TYPE)
  @Op(
      value = "deployments.part.app",
      access = Access.TENANT,
      summary = "Show an app with its deployments as HTML")
  public String app(@Context Caller caller, @PathParam("id") UUID id) {
    var overview = apps.of(caller, id);
    return Html.of(out -> JteappGenerated.render(out, null, overview));
  }

  @GET
  @Path("deployments/{id}")
  @Produces(Html.TYPE)
  @Op(
      value = "deployments.part.deployment",
      access = Access.TENANT,
      summary = "Show a deployment with its steps, its approval and what it changes as HTML")
  public String deployment(@Context Caller caller, @PathParam("id") UUID id) {
    var overview = deployments.of(caller, id);
    return Html.of(out -> JtedeploymentGenerated.render(out, null, overview));
  }

  @GET
  @Path("deployments/{id}/log")
  @Produces(Html.TYPE)
  @Op(
      value = "deployments.part.log",
      access = Access.TENANT,
      summary = "Show the log of a deployment as HTML, or the lines behind a place")
  public String log(
      @Context Caller caller,
      @PathParam("id") UUID id,
      @QueryParam("after") @DefaultValue("0") @Min(0) long after) {
    var part = part(log.of(caller, id, after, LINES), after);
    return Html.of(
        out -> {
          if (after == 0) {
            JtelogGenerated.render(out, null, part);
          } else {
            JtelinesGenerated.render(out, null, part);
          }
        });
  }

  private static LogPart part(DeploymentLog.Part found, long after) {
    var deployment = found.deployment();
    var lines = found.lines();
    var over = deployment.status().isOver();
    return new LogPart(
        deployment.id(),
        lines,
        lines.isEmpty() ? after : lines.getLast().sequence(),
        over && lines.size() == LINES,
        over ? null : "/api/apps/" + deployment.appId() + "/logs/stream");
  }
}
