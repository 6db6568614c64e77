package dev.slipway.accounts.resource;

import dev.slipway.accounts.resource.AuthPayloads.MembershipView;
import dev.slipway.accounts.resource.AuthPayloads.MessageAnswer;
import dev.slipway.accounts.resource.AuthPayloads.UserView;
import dev.slipway.accounts.resource.InboxResource.MessageView;
import dev.slipway.accounts.resource.SessionResource.SessionView;
import dev.slipway.accounts.service.user.OwnAccountService;
import dev.slipway.api.Caller;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.rest.RateLimit;
import dev.slipway.api.spi.RestResource;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The account of the caller as a whole. */
@Component(service = RestResource.class)
@Path("/api/auth/account")
public final class OwnAccountResource implements RestResource {
  private final OwnAccountService account;

  @Activate
  public OwnAccountResource(@Reference OwnAccountService account) {
    this.account = account;
  }

  public record ExportAnswer(
      UserView user,
      List<MembershipView> memberships,
      List<SessionView> sessions,
      List<MessageView> messages) {}

  @GET
  @Path("export")
  @RateLimit(calls = 10, seconds = 3600)
  @Op(
      value = "accounts.user.export",
      access = Access.USER,
      summary = "Take along all that is kept of the own account",
      audited = true)
  public ExportAnswer export(@Context Caller caller) {
    var export = account.export(caller);
    return new ExportAnswer(
        UserView.of(export.user()),
        export.seats().stream().map(MembershipView::of).toList(),
        export.logins().stream().map(row -> SessionView.of(row, caller)).toList(),
        export.messages().stream().map(MessageView::of).toList());
  }

  @DELETE
  @RateLimit(calls = 10, seconds = 900)
  @Op(
      value = "accounts.user.delete-own",
      access = Access.USER,
      summary = "Erase the own account, and tenants that have no other member",
      errors = {
        "400 password missing",
        "401 password wrong",
        "403 the owner of the root tenant",
        "409 owner of a tenant with other members"
      })
  public MessageAnswer delete(@Context Caller caller, CredentialPayloads.@Nullable Deletion body) {
    account.delete(caller, body == null ? null : body.password());
    return new MessageAnswer("The account is erased.");
  }
}
