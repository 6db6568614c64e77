package dev.slipway.admin.resource;

import dev.slipway.accounts.Users;
import dev.slipway.admin.resource.ConfigPayloads.Done;
import dev.slipway.admin.resource.MembershipPayloads.Detail;
import dev.slipway.admin.resource.UserPayloads.Change;
import dev.slipway.admin.resource.UserPayloads.Deletion;
import dev.slipway.admin.resource.UserPayloads.Preflight;
import dev.slipway.admin.resource.UserPayloads.RoleChange;
import dev.slipway.admin.resource.UserPayloads.StatusChange;
import dev.slipway.admin.service.UserAdmin;
import dev.slipway.api.Caller;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** All users of the platform. */
@Component(service = RestResource.class)
@Path("/api/admin/users")
public final class UserResource implements RestResource {
  private final Users users;
  private final UserAdmin service;

  @Activate
  public UserResource(@Reference Users users, @Reference UserAdmin service) {
    this.users = users;
    this.service = service;
  }

  @GET
  @Op(
      value = "admin.user.list",
      access = Access.ROOT_ADMIN,
      summary = "Show all users, the oldest first, at most 100000")
  public UserPayloads.Users list() {
    return UserPayloads.Users.of(users.list());
  }

  @GET
  @Path("{userId}")
  @Op(
      value = "admin.user.get",
      access = Access.ROOT_ADMIN,
      summary = "Fetch one user with all memberships")
  public Detail get(@PathParam("userId") UUID userId) {
    var found = service.get(userId);
    return Detail.of(found.user(), found.seats(), found.billing());
  }

  @PUT
  @Path("{userId}")
  @Op(
      value = "admin.user.update",
      access = Access.ROOT_ADMIN,
      summary = "Change a user's e-mail address or name",
      errors = {"403 root owner", "409 email used elsewhere"})
  public Done update(@Context Caller caller, @PathParam("userId") UUID userId, Change body) {
    users.edit(caller, userId, body.email(), body.displayName());
    return new Done("The user was changed.");
  }

  @PATCH
  @Path("{userId}/status")
  @Op(
      value = "admin.user.set-status",
      access = Access.ROOT_ADMIN,
      summary = "Switch a user on or off",
      errors = "403 root owner")
  public Done setStatus(
      @Context Caller caller, @PathParam("userId") UUID userId, StatusChange body) {
    users.setActive(caller, userId, body.isActive());
    return new Done(body.isActive() ? "The user was switched on." : "The user was switched off.");
  }

  @PATCH
  @Path("{userId}/role/{tenantId}")
  @Op(
      value = "admin.user.set-role",
      access = Access.ROOT_ADMIN,
      summary = "Give a member of a tenant another role",
      errors = {"403 root tenant's ownership", "404 tenant or membership unknown"})
  public Done setRole(
      @Context Caller caller,
      @PathParam("userId") UUID userId,
      @PathParam("tenantId") UUID tenantId,
      RoleChange body) {
    users.setRole(caller, userId, tenantId, body.role());
    return new Done("The member has another role.");
  }

  @GET
  @Path("{userId}/preflight-delete")
  @Op(
      value = "admin.user.preview-deletion",
      access = Access.ROOT_OWNER,
      summary = "Tell what has to be settled before a user is deleted")
  public Preflight preflight(@Context Caller caller, @PathParam("userId") UUID userId) {
    return Preflight.of(users.previewDeletion(caller, userId));
  }

  @DELETE
  @Path("{userId}")
  @Op(
      value = "admin.user.delete",
      access = Access.ROOT_OWNER,
      summary = "Erase a user, all or nothing",
      status = 200,
      errors = {"400 an ownership left unsettled", "403 yourself or root owner"})
  public Done delete(
      @Context Caller caller, @PathParam("userId") UUID userId, @Nullable Deletion body) {
    var wish = body == null ? new Deletion(null, null) : body;
    users.delete(
        caller,
        userId,
        Objects.requireNonNullElse(wish.replacementOwners(), Map.of()),
        Objects.requireNonNullElse(wish.confirmTenantDeletions(), Set.of()));
    return new Done("The user was erased.");
  }
}
