package dev.slipway.fleet.resource.enrolment;

import dev.slipway.api.Caller;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.rest.PublicOp;
import dev.slipway.api.spi.RestResource;
import dev.slipway.fleet.ServerRight;
import dev.slipway.fleet.resource.enrolment.ProvisioningPayloads.Heartbeat;
import dev.slipway.fleet.resource.enrolment.ProvisioningPayloads.NewServer;
import dev.slipway.fleet.resource.enrolment.ProvisioningPayloads.NewServerAnswer;
import dev.slipway.fleet.resource.enrolment.ProvisioningPayloads.ReconnectAnswer;
import dev.slipway.fleet.resource.enrolment.ProvisioningPayloads.ReinstallAnswer;
import dev.slipway.fleet.resource.enrolment.ProvisioningPayloads.Relink;
import dev.slipway.fleet.resource.enrolment.ProvisioningPayloads.RelinkAnswer;
import dev.slipway.fleet.resource.server.ServerPayloads.View;
import dev.slipway.fleet.service.enrolment.InstallScript;
import dev.slipway.fleet.service.enrolment.Provisioning;
import dev.slipway.fleet.service.health.HttpHeartbeat;
import dev.slipway.fleet.service.server.Relinking;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** How servers come, and come back, under control. */
@Component(service = RestResource.class)
@Path("/api/servers")
public final class ProvisioningResource implements RestResource {
  private final Provisioning provisioning;
  private final Relinking relinking;
  private final HttpHeartbeat heartbeats;
  private final InstallScript script;

  @Activate
  public ProvisioningResource(
      @Reference Provisioning provisioning,
      @Reference Relinking relinking,
      @Reference HttpHeartbeat heartbeats,
      @Reference InstallScript script) {
    this.provisioning = provisioning;
    this.relinking = relinking;
    this.heartbeats = heartbeats;
    this.script = script;
  }

  @POST
  @Op(
      value = "fleet.server.create",
      access = Access.TENANT_ADMIN,
      summary = "Enrol a machine as a server",
      status = 201,
      errors = {"409 name taken"})
  public NewServerAnswer create(@Context Caller caller, NewServer body) {
    var made = provisioning.create(caller, body.toDraft());
    return new NewServerAnswer(
        View.of(made.server(), ServerRight.ADMIN), script.command(made.token().token()));
  }

  @POST
  @Path("{id}/reinstall")
  @Op(
      value = "fleet.server.reinstall",
      access = Access.TENANT_ADMIN,
      summary = "Set the agent and bootstrap state up anew",
      status = 202)
  public ReinstallAnswer reinstall(@Context Caller caller, @PathParam("id") UUID id) {
    var begun = provisioning.reinstall(caller, id);
    var token = begun.token();
    return new ReinstallAnswer(
        begun.operationId(), token == null ? null : script.command(token.token()));
  }

  @POST
  @Path("{id}/reconnect")
  @Op(
      value = "fleet.server.reconnect",
      access = Access.TENANT_ADMIN,
      summary = "Bring a known server back under control",
      status = 202)
  public ReconnectAnswer reconnect(@Context Caller caller, @PathParam("id") UUID id) {
    var begun = provisioning.reconnect(caller, id);
    return new ReconnectAnswer(begun.operationId(), View.of(begun.server(), ServerRight.ADMIN));
  }

  @POST
  @Path("{id}/relink")
  @Op(
      value = "fleet.server.relink",
      access = Access.TENANT_ADMIN,
      summary = "Move every app and service to a replacement server",
      errors = {"409 the stale server's agent is connected"})
  public RelinkAnswer relink(@Context Caller caller, @PathParam("id") UUID id, Relink body) {
    var moved = relinking.relink(caller, id, body.targetServerId());
    return new RelinkAnswer(moved.apps(), moved.services());
  }

  @POST
  @Path("{id}/heartbeat")
  @PublicOp(
      value = "fleet.agent.heartbeat",
      reason = "the agent's access token is the credential",
      summary = "Record an agent heartbeat",
      errors = {"401 bad agent token", "403 token of another server"})
  public HttpHeartbeat.Answer heartbeat(
      @PathParam("id") UUID id,
      @HeaderParam("Authorization") @Nullable String authorization,
      Heartbeat body) {
    return heartbeats.take(authorization, id, body::report);
  }
}
