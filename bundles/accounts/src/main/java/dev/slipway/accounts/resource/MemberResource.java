package dev.slipway.accounts.resource;

import dev.slipway.accounts.resource.AuthPayloads.MessageAnswer;
import dev.slipway.accounts.resource.MemberPayloads.MembersAnswer;
import dev.slipway.accounts.service.member.InvitationService;
import dev.slipway.accounts.service.member.MemberService;
import dev.slipway.api.Caller;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.rest.RateLimit;
import dev.slipway.api.spi.RestResource;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The members of the active tenant. */
@Component(service = RestResource.class)
@Path("/api/tenant/members")
public final class MemberResource implements RestResource {
  private final MemberService members;
  private final InvitationService invitations;

  @Activate
  public MemberResource(
      @Reference MemberService members, @Reference InvitationService invitations) {
    this.members = members;
    this.invitations = invitations;
  }

  @GET
  @Op(
      value = "accounts.member.list",
      access = Access.TENANT,
      summary = "List the members of the active tenant, the first 1000")
  public MembersAnswer list(@Context Caller caller) {
    return MembersAnswer.of(members.list(caller));
  }

  @POST
  @Path("invite")
  @RateLimit(calls = 20, seconds = 3600)
  @Op(
      value = "accounts.member.invite",
      access = Access.TENANT_ADMIN,
      summary = "Mail an invitation to join the active tenant, valid for 7 days",
      status = 201,
      errors = {
        "403 an admin inviting an admin",
        "403 USER_LIMIT_REACHED: members and open invitations would exceed the plan's userLimit",
        "409 a member or invited already",
        "429 more than 20 per hour from one address"
      })
  public MessageAnswer invite(@Context Caller caller, MemberPayloads.Invite body) {
    invitations.invite(caller, body.email(), body.role());
    return new MessageAnswer("The invitation is on its way.");
  }

  @DELETE
  @Path("{userId}")
  @Op(
      value = "accounts.member.remove",
      access = Access.TENANT_ADMIN,
      summary = "Take a member out of the active tenant",
      errors = {
        "400 your own seat",
        "403 the owner, or an admin removing an admin",
        "404 not a member"
      })
  public MessageAnswer remove(@Context Caller caller, @PathParam("userId") UUID userId) {
    members.remove(caller, userId);
    return new MessageAnswer("The member is removed.");
  }

  @PATCH
  @Path("{userId}/role")
  @Op(
      value = "accounts.member.set-role",
      access = Access.TENANT_OWNER,
      summary = "Make a member an admin or a user",
      errors = {"400 role owner, or your own seat", "404 not a member"})
  public MessageAnswer setRole(
      @Context Caller caller, @PathParam("userId") UUID userId, MemberPayloads.RoleChange body) {
    members.setRole(caller, userId, body.role());
    return new MessageAnswer("The role is changed.");
  }

  @POST
  @Path("{userId}/transfer-ownership")
  @Op(
      value = "accounts.member.transfer-ownership",
      access = Access.TENANT_OWNER,
      summary = "Hand the tenant to another member and become an admin",
      errors = {"400 to yourself", "404 not a member"})
  public MessageAnswer transfer(@Context Caller caller, @PathParam("userId") UUID userId) {
    members.transfer(caller, userId);
    return new MessageAnswer("The tenant has a new owner.");
  }
}
