package dev.slipway.accounts.resource;

import dev.slipway.accounts.oidc.OidcFailure;
import dev.slipway.accounts.resource.AuthPayloads.SignedInAnswer;
import dev.slipway.accounts.service.Frontend;
import dev.slipway.accounts.service.Origin;
import dev.slipway.accounts.service.openid.OidcArrival;
import dev.slipway.accounts.service.openid.OidcSignIn;
import dev.slipway.api.Caller;
import dev.slipway.api.platform.Platform;
import dev.slipway.api.rest.PublicOp;
import dev.slipway.api.rest.RateLimit;
import dev.slipway.api.spi.RestResource;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sign-in at Google, or any other OpenID provider that is configured. */
@Component(service = RestResource.class)
@Path("/api/auth/google")
public final class OidcResource implements RestResource {
  private static final Logger LOG = LoggerFactory.getLogger(OidcResource.class);
  private static final String COOKIE = "slipway_sign_in";
  private static final int TEMPORARY_REDIRECT = 307;
  private static final int LONGEST = 4000;

  private final OidcSignIn signIn;
  private final Frontend frontend;
  private final String cookieRest;

  @Activate
  public OidcResource(@Reference OidcSignIn signIn, @Reference Platform platform) {
    this.signIn = signIn;
    frontend = new Frontend(platform);
    // Lax: the provider sends the browser back from another site.
    cookieRest =
        "; Path=/api/auth/google; HttpOnly; SameSite=Lax"
            + ("https".equals(platform.publicUrl().getScheme()) ? "; Secure" : "");
  }

  @GET
  @RateLimit(calls = 10, seconds = 60)
  @PublicOp(
      value = "accounts.oidc.begin",
      reason = "whoever signs in has no credential yet",
      summary = "Send the browser to the provider's consent page",
      status = 307,
      errors = {"501 no provider configured", "429 more than 10 per minute from one address"})
  public Response begin() {
    try {
      var departure = signIn.begin();
      return redirect(departure.to(), departure.binding() + "; Max-Age=600");
    } catch (OidcFailure failure) {
      return failed(failure);
    }
  }

  @GET
  @Path("callback")
  @RateLimit(calls = 30, seconds = 60)
  @PublicOp(
      value = "accounts.oidc.finish",
      reason = "state, cookie and code are the credential",
      summary =
          "Finish the sign-in at the provider and send the browser to the front end: with tokens,"
              + " or with second_factor=TICKET where a code has to be sent too",
      status = 307,
      errors = {
        "307 to the sign-in page with error=invalid_state, oauth_failed, oauth_exchange_failed,"
            + " oauth_user_info_failed or account_creation_failed",
        "501 no provider configured"
      })
  public Response finish(
      @Context Caller caller,
      @QueryParam("state") @Nullable String state,
      @QueryParam("code") @Nullable String code,
      @CookieParam(COOKIE) @Nullable String binding,
      @HeaderParam("User-Agent") @Nullable String userAgent) {
    signIn.requireConfigured();
    var origin = Origin.of(caller, userAgent);
    try {
      return arrived(signIn.finish(bounded(state), bounded(code), bounded(binding), origin));
    } catch (OidcFailure failure) {
      return failed(failure);
    }
  }

  @POST
  @Path("second-factor")
  @RateLimit(calls = 10, seconds = 900)
  @PublicOp(
      value = "accounts.oidc.confirm",
      reason = "the ticket and the code in the body are the credential",
      summary = "Finish the sign-in of a user who has an authenticator app, by a code of it",
      errors = {
        "400 unknown, used or expired ticket",
        "401 wrong code",
        "429 locked for 15 minutes after 5 failures in a row, or more than 10 in 15 minutes from"
            + " one address"
      })
  public SignedInAnswer confirm(
      @Context Caller caller,
      @HeaderParam("User-Agent") @Nullable String userAgent,
      AuthPayloads.TicketAndCode body) {
    return SignedInAnswer.of(
        signIn.confirm(body.ticket(), body.code(), Origin.of(caller, userAgent)));
  }

  private static @Nullable String bounded(@Nullable String text) {
    return text == null || text.length() > LONGEST ? null : text;
  }

  /** Behind a hash: browsers send that part to no server. */
  private Response arrived(OidcArrival arrival) {
    var fragment =
        switch (arrival) {
          case OidcArrival.CodeNeeded(var ticket) -> "second_factor=" + ticket;
          case OidcArrival.SignedInThere(var in) ->
              "access_token=" + in.accessToken() + "&refresh_token=" + in.refreshToken();
        };
    return redirect(frontend.page("auth/callback#" + fragment), "; Max-Age=0");
  }

  private Response failed(OidcFailure failure) {
    LOG.info("sign-in at the provider failed: {}", failure.reason(), failure);
    var word = failure.reason().name().toLowerCase(Locale.ROOT);
    return redirect(frontend.page("login?error=" + word), "; Max-Age=0");
  }

  private Response redirect(URI to, String cookie) {
    return Response.status(TEMPORARY_REDIRECT)
        .location(to)
        .header("Set-Cookie", COOKIE + "=" + cookie + cookieRest)
        .build();
  }
}
