package dev.slipway.fleet.resource.server;

import dev.slipway.api.Caller;
import dev.slipway.api.CommonError;
import dev.slipway.api.PageRequest;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.rest.Sse;
import dev.slipway.api.spi.RestResource;
import dev.slipway.fleet.ServerStatus;
import dev.slipway.fleet.resource.server.ServerPayloads.Edit;
import dev.slipway.fleet.resource.server.ServerPayloads.OperationAnswer;
import dev.slipway.fleet.resource.server.ServerPayloads.ServerAnswer;
import dev.slipway.fleet.resource.server.ServerPayloads.ServersAnswer;
import dev.slipway.fleet.resource.server.ServerPayloads.View;
import dev.slipway.fleet.service.health.ServerFeed;
import dev.slipway.fleet.service.removal.Removal;
import dev.slipway.fleet.service.server.ServerRights;
import dev.slipway.fleet.service.server.ServerService;
import dev.slipway.fleet.store.server.ServerFilter;
import dev.slipway.fleet.store.server.ServerRow;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Servers of the tenant. */
@Component(service = RestResource.class)
@Path("/api/servers")
public final class ServerResource implements RestResource {
  private final ServerService servers;
  private final ServerRights rights;
  private final Removal removal;
  private final ServerFeed feed;

  @Activate
  public ServerResource(
      @Reference ServerService servers,
      @Reference ServerRights rights,
      @Reference Removal removal,
      @Reference ServerFeed feed) {
    this.servers = servers;
    this.rights = rights;
    this.removal = removal;
    this.feed = feed;
  }

  @GET
  @Op(
      value = "fleet.server.list",
      access = Access.TENANT,
      summary = "Show servers the tenant can see")
  public ServersAnswer list(
      @Context Caller caller,
      @QueryParam("status") @Nullable ServerStatus status,
      @QueryParam("pool_id") @Nullable UUID poolId,
      @QueryParam("label") @Size(max = 1000) @Nullable String label,
      @QueryParam("search") @Size(max = 200) @Nullable String search,
      @Context PageRequest page) {
    var filter = new ServerFilter(status, poolId, labels(label), search);
    return ServersAnswer.of(rights.of(caller), servers.list(caller, filter, page));
  }

  @GET
  @Path("{id}")
  @Op(value = "fleet.server.get", access = Access.TENANT, summary = "Fetch one server")
  public ServerAnswer get(@Context Caller caller, @PathParam("id") UUID id) {
    return view(caller, servers.get(caller, id));
  }

  @PATCH
  @Path("{id}")
  @Op(
      value = "fleet.server.update",
      access = Access.TENANT,
      summary = "Change a server's descriptive fields",
      errors = {"403 without the right admin on the server", "409 name taken"})
  public ServerAnswer update(@Context Caller caller, @PathParam("id") UUID id, Edit body) {
    return view(caller, servers.edit(caller, id, body.toEdit()));
  }

  @DELETE
  @Path("{id}")
  @Op(
      value = "fleet.server.delete",
      access = Access.TENANT_ADMIN,
      summary = "Deprovision a server and drop it",
      status = 202)
  public OperationAnswer delete(@Context Caller caller, @PathParam("id") UUID id) {
    return new OperationAnswer(removal.start(caller, id));
  }

  @GET
  @Path("{id}/events/stream")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Op(
      value = "fleet.server.follow",
      access = Access.TENANT,
      summary = "Follow a server's events live")
  public Sse follow(
      @Context Caller caller,
      @PathParam("id") UUID id,
      @HeaderParam("Last-Event-ID") @Size(max = 300) @Nullable String lastEventId) {
    return feed.follow(caller, id, lastEventId);
  }

  private ServerAnswer view(Caller caller, ServerRow row) {
    return new ServerAnswer(View.of(row, rights.of(caller).on(row.id())));
  }

  /** {@code key=value,key=value}. */
  private static Map<String, Object> labels(@Nullable String csv) {
    var labels = new LinkedHashMap<String, Object>();
    if (csv == null || csv.isBlank()) {
      return labels;
    }
    for (var pair : csv.split(",", -1)) {
      var equals = pair.indexOf('=');
      if (equals < 1) {
        throw CommonError.INVALID.of().withField("label", "must be key=value,key=value");
      }
      labels.put(pair.substring(0, equals).strip(), pair.substring(equals + 1).strip());
    }
    return labels;
  }
}
