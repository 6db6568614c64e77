package dev.slipway.fleet.resource.agent;

import dev.slipway.api.Caller;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import dev.slipway.fleet.resource.enrolment.ProvisioningPayloads.RenewalOffline;
import dev.slipway.fleet.resource.enrolment.ProvisioningPayloads.RenewalOnline;
import dev.slipway.fleet.service.agent.AgentCredentials;
import dev.slipway.fleet.service.enrolment.InstallScript;
import dev.slipway.fleet.service.enrolment.Provisioning;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The credentials of a server's agent, for the tenant's admins. */
@Component(service = RestResource.class)
@Path("/api/servers/{server_id}/agent")
public final class AgentCredentialResource implements RestResource {
  private final AgentCredentials credentials;
  private final Provisioning provisioning;
  private final InstallScript script;

  @Activate
  public AgentCredentialResource(
      @Reference AgentCredentials credentials,
      @Reference Provisioning provisioning,
      @Reference InstallScript script) {
    this.credentials = credentials;
    this.provisioning = provisioning;
    this.script = script;
  }

  @POST
  @Path("revoke-tokens")
  @Op(
      value = "fleet.agent.revoke",
      access = Access.TENANT_ADMIN,
      summary = "Invalidate all agent credentials and drop its stream")
  public AgentCredentials.Revoked revoke(
      @Context Caller caller, @PathParam("server_id") UUID serverId) {
    return credentials.revoke(caller, serverId);
  }

  /** 202 where the agent does it itself; 200 with what to type on the machine where it is away. */
  @POST
  @Path("re-enroll")
  @Op(
      value = "fleet.agent.re-enroll",
      access = Access.TENANT_ADMIN,
      summary = "Renew an agent's credentials through a fresh installer run",
      errors = {"409 re-enrollment already in flight"})
  public Response renew(@Context Caller caller, @PathParam("server_id") UUID serverId) {
    var renewal = provisioning.renew(caller, serverId);
    var token = renewal.token();
    var url = script.url(token.token());
    if (renewal.commandId() == null) {
      return Response.ok(new RenewalOffline(false, script.command(token.token()), url)).build();
    }
    var begun = new RenewalOnline(true, true, renewal.commandId(), url, token.expiresAt());
    return Response.accepted(begun).build();
  }
}
