package dev.slipway.accounts.resource;

import dev.slipway.accounts.resource.AuthPayloads.MembershipView;
import dev.slipway.accounts.service.member.InvitationService;
import dev.slipway.api.Caller;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Invitations as the invited meet them. */
@Component(service = RestResource.class)
@Path("/api/auth/accept-invitation")
public final class InvitationResource implements RestResource {
  private final InvitationService invitations;

  @Activate
  public InvitationResource(@Reference InvitationService invitations) {
    this.invitations = invitations;
  }

  public record JoinedAnswer(String message, List<MembershipView> memberships) {}

  @POST
  @Op(
      value = "accounts.invitation.accept",
      access = Access.USER,
      summary = "Join a tenant with the mailed invitation token",
      errors = {
        "400 token unknown, older than 7 days, used, or meant for another address",
        "403 the plan allows no further member"
      })
  public JoinedAnswer accept(@Context Caller caller, CredentialPayloads.Token body) {
    var seats = invitations.accept(caller, body.token());
    return new JoinedAnswer("You have joined.", seats.stream().map(MembershipView::of).toList());
  }
}
