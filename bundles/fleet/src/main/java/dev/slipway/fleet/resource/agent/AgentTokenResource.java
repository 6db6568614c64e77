package dev.slipway.fleet.resource.agent;

import dev.slipway.api.rest.PublicOp;
import dev.slipway.api.rest.RateLimit;
import dev.slipway.api.spi.RestResource;
import dev.slipway.fleet.resource.enrolment.InstallPayloads.AgentCredentials;
import dev.slipway.fleet.resource.enrolment.ProvisioningPayloads.Recover;
import dev.slipway.fleet.resource.enrolment.ProvisioningPayloads.RefreshToken;
import dev.slipway.fleet.resource.enrolment.ProvisioningPayloads.TokensAnswer;
import dev.slipway.fleet.service.agent.AgentTokens;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What agents call to keep or regain their credentials. */
@Component(service = RestResource.class)
@Path("/api/agents")
public final class AgentTokenResource implements RestResource {
  private final dev.slipway.fleet.service.agent.AgentCredentials credentials;
  private final AgentTokens tokens;

  @Activate
  public AgentTokenResource(
      @Reference dev.slipway.fleet.service.agent.AgentCredentials credentials,
      @Reference AgentTokens tokens) {
    this.credentials = credentials;
    this.tokens = tokens;
  }

  @POST
  @Path("tokens/rotate")
  @RateLimit(calls = 60, seconds = 60)
  @PublicOp(
      value = "fleet.agent.rotate",
      reason = "the refresh token in the body is the credential",
      summary = "Swap the agent's refresh token for a new one",
      errors = {"401 invalid or replayed token"})
  public TokensAnswer rotate(RefreshToken body) {
    var traded = credentials.rotate(body.refreshToken());
    return new TokensAnswer(
        tokens.access(traded.serverId()), traded.refreshToken(), AgentTokens.LIFETIME.toSeconds());
  }

  @POST
  @Path("recover")
  @RateLimit(calls = 60, seconds = 60)
  @PublicOp(
      value = "fleet.agent.recover",
      reason = "the bootstrap key in the body is the credential",
      summary = "Reissue credentials to an agent without identity",
      errors = {"401 unknown or used key", "429 over 5 an hour for each machine"})
  public AgentCredentials recover(Recover body) {
    return AgentCredentials.of(credentials.recover(body.machineId(), body.bootstrapKey()), tokens);
  }
}
