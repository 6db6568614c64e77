package dev.slipway.fleet.resource.enrolment;

import dev.slipway.api.rest.PublicOp;
import dev.slipway.api.rest.RateLimit;
import dev.slipway.api.spi.RestResource;
import dev.slipway.fleet.resource.enrolment.InstallPayloads.AgentCredentials;
import dev.slipway.fleet.resource.enrolment.InstallPayloads.Register;
import dev.slipway.fleet.service.agent.AgentTokens;
import dev.slipway.fleet.service.enrolment.Enrolment;
import dev.slipway.fleet.service.enrolment.InstallScript;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.StreamingOutput;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What a machine calls while it becomes a server. */
@Component(service = RestResource.class)
@Path("/api/install/{token}")
public final class InstallResource implements RestResource {
  private static final String REASON = "the token in the path is the credential";

  private final Enrolment enrolment;
  private final InstallScript script;
  private final AgentTokens tokens;

  @Activate
  public InstallResource(
      @Reference Enrolment enrolment,
      @Reference InstallScript script,
      @Reference AgentTokens tokens) {
    this.enrolment = enrolment;
    this.script = script;
    this.tokens = tokens;
  }

  @GET
  @Produces("text/x-shellscript")
  @RateLimit(calls = 60, seconds = 60)
  @PublicOp(
      value = "fleet.install.script",
      reason = REASON,
      summary = "Deliver the agent install shell script",
      errors = {"401 bad token", "410 token expired"})
  public StreamingOutput script(
      @PathParam("token") String token,
      @QueryParam("previous_server_id") @Nullable UUID previousServerId) {
    var text = script.text(enrolment.registrationToken(token, previousServerId));
    return out -> out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  @POST
  @Path("register")
  @RateLimit(calls = 60, seconds = 60)
  @PublicOp(
      value = "fleet.install.register",
      reason = REASON,
      summary = "Register installing server and issue agent credentials",
      status = 201,
      errors = {"401 bad token", "410 token expired"})
  public AgentCredentials register(@PathParam("token") String token, Register body) {
    return AgentCredentials.of(enrolment.register(token, body.toMachine()), tokens);
  }
}
