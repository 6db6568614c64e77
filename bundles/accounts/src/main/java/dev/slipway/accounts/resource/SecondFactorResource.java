package dev.slipway.accounts.resource;

import dev.slipway.accounts.resource.AuthPayloads.MessageAnswer;
import dev.slipway.accounts.service.secondfactor.SecondFactorService;
import dev.slipway.api.Caller;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.rest.RateLimit;
import dev.slipway.api.spi.RestResource;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The authenticator app of the caller. */
@Component(service = RestResource.class)
@Path("/api/auth/second-factor")
public final class SecondFactorResource implements RestResource {
  private final SecondFactorService factors;

  @Activate
  public SecondFactorResource(@Reference SecondFactorService factors) {
    this.factors = factors;
  }

  public record StatusAnswer(boolean enabled, int recoveryCodesLeft) {}

  public record EnrolmentAnswer(String secret, String uri) {
    @Override
    public String toString() {
      return "EnrolmentAnswer[…]";
    }
  }

  public record CodesAnswer(List<String> recoveryCodes) {
    @Override
    public String toString() {
      return "CodesAnswer[…]";
    }
  }

  @GET
  @Op(
      value = "accounts.second-factor.get",
      access = Access.USER,
      summary = "Tell whether sign-in asks for a code, and how many recovery codes are left")
  public StatusAnswer status(@Context Caller caller) {
    var status = factors.status(caller);
    return new StatusAnswer(status.enabled(), status.recoveryCodesLeft());
  }

  @POST
  @RateLimit(calls = 10, seconds = 900)
  @Op(
      value = "accounts.second-factor.begin",
      access = Access.USER,
      summary = "Begin with an authenticator app; nothing changes before it is confirmed",
      status = 201,
      errors = {"409 in use already"})
  public EnrolmentAnswer begin(@Context Caller caller) {
    var enrolment = factors.begin(caller);
    return new EnrolmentAnswer(enrolment.secret(), enrolment.uri());
  }

  @POST
  @Path("confirm")
  @RateLimit(calls = 10, seconds = 900)
  @Op(
      value = "accounts.second-factor.confirm",
      access = Access.USER,
      summary = "Confirm the app by a code; shows the 10 recovery codes this once",
      errors = {"401 wrong code", "404 nothing begun", "409 in use already"})
  public CodesAnswer confirm(@Context Caller caller, CredentialPayloads.Code body) {
    return new CodesAnswer(factors.confirm(caller, body.code()));
  }

  @POST
  @Path("remove")
  @RateLimit(calls = 10, seconds = 900)
  @Op(
      value = "accounts.second-factor.remove",
      access = Access.USER,
      summary = "Remove the app by one more code of it, or a recovery code",
      errors = {"401 wrong code", "404 none in use"})
  public MessageAnswer remove(@Context Caller caller, CredentialPayloads.Code body) {
    factors.remove(caller, body.code());
    return new MessageAnswer("Sign-in no longer asks for a code.");
  }
}
