package dev.slipway.accounts.resource;

import dev.slipway.accounts.resource.AuthPayloads.MessageAnswer;
import dev.slipway.accounts.service.session.SessionService;
import dev.slipway.accounts.store.session.SessionRow;
import dev.slipway.api.Caller;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The logins of the caller. */
@Component(service = RestResource.class)
@Path("/api/auth/sessions")
public final class SessionResource implements RestResource {
  private final SessionService sessions;

  @Activate
  public SessionResource(@Reference SessionService sessions) {
    this.sessions = sessions;
  }

  public record SessionView(
      UUID id,
      String ipAddress,
      String userAgent,
      Instant createdAt,
      Instant lastActiveAt,
      Instant expiresAt,
      boolean isCurrent) {
    static SessionView of(SessionRow session, Caller caller) {
      return new SessionView(
          session.id(),
          session.remoteAddress(),
          session.userAgent(),
          session.createdAt(),
          session.lastActiveAt(),
          session.expiresAt(),
          session.id().equals(caller.sessionId()));
    }
  }

  public record SessionsAnswer(List<SessionView> sessions) {}

  @GET
  @Op(
      value = "accounts.session.list",
      access = Access.USER,
      summary = "List the own logins that go on, the one used last first, at most 200")
  public SessionsAnswer list(@Context Caller caller) {
    return new SessionsAnswer(
        sessions.list(caller).stream().map(row -> SessionView.of(row, caller)).toList());
  }

  @DELETE
  @Path("{sessionId}")
  @Op(
      value = "accounts.session.end",
      access = Access.USER,
      summary = "End an own login; its tokens fail from the next call on",
      errors = {"404 unknown, ended, or of another user"})
  public MessageAnswer end(@Context Caller caller, @PathParam("sessionId") UUID sessionId) {
    sessions.end(caller, sessionId);
    return new MessageAnswer("The login is ended.");
  }

  @DELETE
  @Op(
      value = "accounts.session.end-others",
      access = Access.USER,
      summary = "End all own logins but the present one")
  public MessageAnswer endOthers(@Context Caller caller) {
    sessions.endOthers(caller);
    return new MessageAnswer("All other logins are ended.");
  }
}
