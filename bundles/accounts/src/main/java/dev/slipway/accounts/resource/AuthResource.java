package dev.slipway.accounts.resource;

import dev.slipway.accounts.resource.AuthPayloads.MessageAnswer;
import dev.slipway.accounts.resource.AuthPayloads.ProfileAnswer;
import dev.slipway.accounts.resource.AuthPayloads.SignedInAnswer;
import dev.slipway.accounts.service.AccountService;
import dev.slipway.accounts.service.Origin;
import dev.slipway.accounts.service.registration.RegistrationService;
import dev.slipway.accounts.service.session.LoginService;
import dev.slipway.accounts.service.session.SessionService;
import dev.slipway.api.Caller;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.rest.PublicOp;
import dev.slipway.api.rest.RateLimit;
import dev.slipway.api.spi.RestResource;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Sign-up, sign-in and the login of the caller. */
@Component(service = RestResource.class)
@Path("/api/auth")
public final class AuthResource implements RestResource {
  private final RegistrationService registrations;
  private final LoginService logins;
  private final SessionService sessions;
  private final AccountService accounts;

  @Activate
  public AuthResource(
      @Reference RegistrationService registrations,
      @Reference LoginService logins,
      @Reference SessionService sessions,
      @Reference AccountService accounts) {
    this.registrations = registrations;
    this.logins = logins;
    this.sessions = sessions;
    this.accounts = accounts;
  }

  @POST
  @Path("register")
  @RateLimit(calls = 5, seconds = 3600)
  @PublicOp(
      value = "accounts.user.register",
      reason = "whoever signs up has no credential yet",
      summary = "Create an account with a password, a personal tenant, and the first token pair",
      status = 201,
      errors = {
        "400 weak password, bad e-mail address or bad invitation token",
        "409 no account can be made with these details",
        "429 more than 5 per hour from one address"
      })
  public SignedInAnswer register(
      @Context Caller caller,
      @HeaderParam("User-Agent") @Nullable String userAgent,
      AuthPayloads.Register body) {
    return SignedInAnswer.of(
        registrations.register(body.toRegistration(), Origin.of(caller, userAgent)));
  }

  @POST
  @Path("login")
  @RateLimit(calls = 10, seconds = 900)
  @PublicOp(
      value = "accounts.session.login",
      reason = "the password in the body is the credential",
      summary = "Exchange e-mail address and password for access and refresh tokens",
      errors = {
        "401 wrong credentials or inactive account; accounts.session.second-factor-required where a"
            + " code of the authenticator app, or a recovery code, has to be sent too",
        "429 locked for 15 minutes after 5 failures in a row, or more than 10 in 15 minutes from"
            + " one address"
      })
  public SignedInAnswer login(
      @Context Caller caller,
      @HeaderParam("User-Agent") @Nullable String userAgent,
      AuthPayloads.Login body) {
    var origin = Origin.of(caller, userAgent);
    return SignedInAnswer.of(logins.login(body.email(), body.password(), body.code(), origin));
  }

  @POST
  @Path("refresh")
  @RateLimit(calls = 30, seconds = 60)
  @PublicOp(
      value = "accounts.session.refresh",
      reason = "the refresh token in the body is the credential",
      summary = "Exchange a refresh token for a new token pair",
      errors = {
        "401 unknown, expired, used or revoked token; a used one ends its login",
        "429 more than 30 per minute from one address"
      })
  public SignedInAnswer refresh(AuthPayloads.Refresh body) {
    return SignedInAnswer.of(sessions.refresh(body.refreshToken()));
  }

  @GET
  @Path("me")
  @Op(
      value = "accounts.user.me",
      access = Access.USER,
      summary = "Fetch the own profile with every membership")
  public ProfileAnswer me(@Context Caller caller) {
    return ProfileAnswer.of(accounts.me(caller));
  }

  @POST
  @Path("logout")
  @Op(
      value = "accounts.session.logout",
      access = Access.USER,
      summary = "End the login of the access token and, if sent, of the refresh token")
  public MessageAnswer logout(@Context Caller caller, AuthPayloads.@Nullable Logout body) {
    sessions.logout(caller, body == null ? null : body.refreshToken());
    return new MessageAnswer("Signed out.");
  }
}
