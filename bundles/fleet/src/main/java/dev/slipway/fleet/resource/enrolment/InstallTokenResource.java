package dev.slipway.fleet.resource.enrolment;

import dev.slipway.api.Caller;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.rest.PublicOp;
import dev.slipway.api.rest.RateLimit;
import dev.slipway.api.spi.RestResource;
import dev.slipway.fleet.resource.enrolment.InstallPayloads.IssueToken;
import dev.slipway.fleet.resource.enrolment.InstallPayloads.TokenAnswer;
import dev.slipway.fleet.resource.enrolment.ProvisioningPayloads.TradeToken;
import dev.slipway.fleet.resource.enrolment.ProvisioningPayloads.TradedAnswer;
import dev.slipway.fleet.service.enrolment.Enrolment;
import dev.slipway.fleet.service.enrolment.InstallScript;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import java.util.Map;
import java.util.Objects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Tokens for installing agents. */
@Component(service = RestResource.class)
@Path("/api/install-tokens")
public final class InstallTokenResource implements RestResource {
  private final Enrolment enrolment;
  private final InstallScript script;

  @Activate
  public InstallTokenResource(@Reference Enrolment enrolment, @Reference InstallScript script) {
    this.enrolment = enrolment;
    this.script = script;
  }

  @POST
  @Op(
      value = "fleet.install-token.issue",
      access = Access.TENANT_ADMIN,
      summary = "Issue a signed token for installing an agent",
      status = 201)
  public TokenAnswer issue(@Context Caller caller, IssueToken body) {
    var labels = Objects.requireNonNullElse(body.labels(), Map.<String, String>of());
    var issued = enrolment.issue(caller, body.name(), labels);
    return new TokenAnswer(
        issued.token(),
        script.url(issued.token()),
        script.command(issued.token()),
        issued.expiresAt());
  }

  @POST
  @Path("refresh")
  @RateLimit(calls = 60, seconds = 60)
  @PublicOp(
      value = "fleet.install-token.refresh",
      reason = "the signed token in the body is the credential",
      summary = "Trade an older signed install token for a fresh one",
      errors = {"401 HMAC invalid", "429 over 10 in 24 h for each who issued tokens"})
  public TradedAnswer refresh(TradeToken body) {
    var fresh = enrolment.refresh(body.token());
    return new TradedAnswer(fresh.token(), script.url(fresh.token()), fresh.expiresAt());
  }
}
