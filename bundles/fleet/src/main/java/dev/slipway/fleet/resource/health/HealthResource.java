package dev.slipway.fleet.resource.health;

import dev.slipway.api.Caller;
import dev.slipway.api.PageRequest;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import dev.slipway.fleet.resource.health.HealthPayloads.ContainerAlertsAnswer;
import dev.slipway.fleet.resource.health.HealthPayloads.EventsAnswer;
import dev.slipway.fleet.resource.health.HealthPayloads.ForecastAnswer;
import dev.slipway.fleet.resource.health.HealthPayloads.ProcessesAnswer;
import dev.slipway.fleet.resource.health.HealthPayloads.ResourceAlertsAnswer;
import dev.slipway.fleet.resource.health.HealthPayloads.UptimeAnswer;
import dev.slipway.fleet.resource.health.HealthPayloads.UptimeStats;
import dev.slipway.fleet.service.agent.DeployNet;
import dev.slipway.fleet.service.enrolment.InstallProgress;
import dev.slipway.fleet.service.health.ServerHealth;
import dev.slipway.fleet.store.health.ContainerEventRow;
import dev.slipway.fleet.store.health.ResourceAlertRow;
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

/** How a server fares and fared. */
@Component(service = RestResource.class)
@Path("/api/servers")
public final class HealthResource implements RestResource {
  private final ServerHealth health;
  private final DeployNet deployNet;

  @Activate
  public HealthResource(@Reference ServerHealth health, @Reference DeployNet deployNet) {
    this.health = health;
    this.deployNet = deployNet;
  }

  @GET
  @Path("{id}/capacity-forecast")
  @Op(
      value = "fleet.server.forecast",
      access = Access.TENANT,
      summary = "Project days until CPU, memory and disk run out")
  public ForecastAnswer forecast(@Context Caller caller, @PathParam("id") UUID id) {
    return new ForecastAnswer(health.forecast(caller, id));
  }

  @GET
  @Path("{id}/top-processes")
  @Op(
      value = "fleet.server.processes",
      access = Access.TENANT,
      summary = "Read the newest process snapshot of a server")
  public ProcessesAnswer processes(@Context Caller caller, @PathParam("id") UUID id) {
    return ProcessesAnswer.of(health.condition(caller, id));
  }

  @GET
  @Path("{id}/install-progress")
  @Op(
      value = "fleet.server.install-progress",
      access = Access.TENANT,
      summary = "Read how far the agent installation got")
  public InstallProgress installProgress(@Context Caller caller, @PathParam("id") UUID id) {
    return health.installProgress(caller, id);
  }

  @GET
  @Path("{id}/container-alerts")
  @Op(
      value = "fleet.server.container-alerts",
      access = Access.TENANT,
      summary = "Show unhealthy containers on a server")
  public ContainerAlertsAnswer containerAlerts(@Context Caller caller, @PathParam("id") UUID id) {
    return new ContainerAlertsAnswer(health.containerAlerts(caller, id));
  }

  @GET
  @Path("{id}/uptime")
  @Op(
      value = "fleet.server.uptime",
      access = Access.TENANT,
      summary = "Read a server's availability over three windows")
  public UptimeAnswer uptime(@Context Caller caller, @PathParam("id") UUID id) {
    return new UptimeAnswer(UptimeStats.of(id, health.uptime(caller, id)));
  }

  @GET
  @Path("{id}/deploy-net")
  @Op(
      value = "fleet.server.deploy-net",
      access = Access.TENANT,
      summary = "List deploy-net membership as the agent sees it",
      errors = {"422 agent offline"})
  public DeployNet.Membership deployNet(@Context Caller caller, @PathParam("id") UUID id) {
    return deployNet.look(caller, id);
  }

  @GET
  @Path("{serverId}/container-events")
  @Op(
      value = "fleet.server.container-events",
      access = Access.TENANT,
      summary = "List starts, stops, and crashes of a server's containers")
  public EventsAnswer containerEvents(
      @Context Caller caller,
      @PathParam("serverId") UUID serverId,
      @QueryParam("type") ContainerEventRow.@Nullable Type type,
      @QueryParam("before") @Nullable Instant before,
      @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(500) int limit) {
    return EventsAnswer.of(health.serverEvents(caller, serverId, type, before, limit));
  }

  @GET
  @Path("{serverId}/resource-alerts")
  @Op(
      value = "fleet.server.resource-alerts",
      access = Access.TENANT,
      summary = "Show resource pressure alerts of a server")
  public ResourceAlertsAnswer resourceAlerts(
      @Context Caller caller,
      @PathParam("serverId") UUID serverId,
      @QueryParam("status") ResourceAlertRow.@Nullable Status status,
      @Context PageRequest page) {
    return ResourceAlertsAnswer.of(health.resourceAlerts(caller, serverId, status, page));
  }
}
