package dev.slipway.accounts.resource;

import dev.slipway.accounts.resource.AuthPayloads.MessageAnswer;
import dev.slipway.accounts.service.credential.CredentialService;
import dev.slipway.accounts.service.credential.MailRequestService;
import dev.slipway.api.Caller;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.rest.PublicOp;
import dev.slipway.api.rest.RateLimit;
import dev.slipway.api.spi.RestResource;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Proof of addresses, and passwords. */
@Component(service = RestResource.class)
@Path("/api/auth")
public final class CredentialResource implements RestResource {
  private static final MessageAnswer SENT =
      new MessageAnswer("If the address belongs to an account, a message is on its way.");

  private final CredentialService credentials;
  private final MailRequestService requests;

  @Activate
  public CredentialResource(
      @Reference CredentialService credentials, @Reference MailRequestService requests) {
    this.credentials = credentials;
    this.requests = requests;
  }

  @POST
  @Path("verify-email")
  @RateLimit(calls = 10, seconds = 3600)
  @PublicOp(
      value = "accounts.user.verify",
      reason = "the mailed token in the body is the credential",
      summary = "Mark an e-mail address as verified with the mailed token",
      errors = {
        "400 token unknown, used or older than 24 hours",
        "429 more than 10 per hour from one address"
      })
  public MessageAnswer verify(CredentialPayloads.Token body) {
    credentials.verify(body.token());
    return new MessageAnswer("The e-mail address is verified.");
  }

  @POST
  @Path("resend-verification")
  @RateLimit(calls = 3, seconds = 60)
  @PublicOp(
      value = "accounts.user.resend-verification",
      reason = "the answer is the same for every address, and mail goes to its owner alone",
      summary = "Mail a new verification link",
      errors = {
        "429 a second request for one address within 60 seconds, or more than 3 in 60 seconds from"
            + " one remote address"
      })
  public MessageAnswer resend(CredentialPayloads.Address body) {
    requests.verification(body.email());
    return SENT;
  }

  @POST
  @Path("forgot-password")
  @RateLimit(calls = 5, seconds = 3600)
  @PublicOp(
      value = "accounts.password.forget",
      reason = "the answer is the same for every address, and mail goes to its owner alone",
      summary = "Mail a link to set another password, at most 3 per hour and address",
      errors = {"429 more than 5 per hour from one remote address"})
  public MessageAnswer forgot(CredentialPayloads.Address body) {
    requests.reset(body.email());
    return SENT;
  }

  @POST
  @Path("reset-password")
  @RateLimit(calls = 10, seconds = 900)
  @PublicOp(
      value = "accounts.password.reset",
      reason = "the mailed token in the body is the credential",
      summary = "Set another password with the mailed token, and end all logins",
      errors = {
        "400 token unknown, used or older than 30 minutes; weak password",
        "429 more than 10 in 15 minutes from one address"
      })
  public MessageAnswer reset(CredentialPayloads.Reset body) {
    credentials.reset(body.token(), body.newPassword());
    return new MessageAnswer("The password is set. Sign in with it.");
  }

  @POST
  @Path("change-password")
  @RateLimit(calls = 10, seconds = 900)
  @Op(
      value = "accounts.password.change",
      access = Access.USER,
      summary = "Change the own password, or add one; all other logins end",
      errors = {
        "400 current password missing, or weak password",
        "401 current password wrong",
        "429 locked after 5 failures in a row"
      })
  public MessageAnswer change(@Context Caller caller, CredentialPayloads.Change body) {
    credentials.change(caller, body.currentPassword(), body.newPassword());
    return new MessageAnswer("The password is changed.");
  }
}
