package dev.slipway.accounts.resource;

import dev.slipway.accounts.resource.MemberPayloads.MembersAnswer;
import dev.slipway.accounts.service.AccountService;
import dev.slipway.api.Caller;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The members of the active tenant. */
@Component(service = RestResource.class)
@Path("/api/tenant/members")
public final class MemberResource implements RestResource {
  private final AccountService accounts;

  @Activate
  public MemberResource(@Reference AccountService accounts) {
    this.accounts = accounts;
  }

  @GET
  @Op(
      value = "accounts.member.list",
      access = Access.TENANT,
      summary = "List the members of the active tenant, the first 1000")
  public MembersAnswer list(@Context Caller caller) {
    return MembersAnswer.of(accounts.members(caller));
  }
}
