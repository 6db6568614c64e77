package com.example.specimen;

import dev.slipway.api.PlatformException;
import dev.slipway.api.Scope;
import dev.slipway.api.event.DomainEvent;
import dev.slipway.api.event.EventFilter;
import dev.slipway.api.event.Events;
import dev.slipway.api.net.Egress;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import dev.slipway.data.Database;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.FrameworkUtil;

/** Tries what it may have no right to, and tells what came of it. */
@Path("curious")
public final class Curious implements RestResource {
  private static final Scope SCOPE = Scope.platform("it is curious");

  // Set by the component runtime.
  private Egress egress;
  private Events events;
  private Database database;

  /** Calls an address. */
  @GET
  @Path("reach")
  @Op(value = "curious.address.read", access = Access.ROOT_ADMIN, summary = "Reach")
  public Map<String, Object> reach(@QueryParam("url") String url) throws Exception {
    try {
      var answer = egress.send(HttpRequest.newBuilder(URI.create(url)).build());
      return Map.of("status", answer.statusCode());
    } catch (PlatformException refused) {
      return Map.of("refused", refused.code().code());
    }
  }

  /** Publishes events. */
  @POST
  @Path("publish")
  @Op(value = "curious.event.create", access = Access.ROOT_ADMIN, summary = "Publish")
  public Map<String, Object> publish(
      @QueryParam("type") String type, @QueryParam("count") int count) {
    var published = 0;
    try {
      for (; published < count; published++) {
        database.run(SCOPE, () -> events.publish(new Said(type)));
      }
      return Map.of("published", published);
    } catch (PlatformException refused) {
      return Map.of("published", published, "refused", refused.code().code());
    }
  }

  /** Reads the event log. */
  @GET
  @Path("log")
  @Op(value = "curious.log.read", access = Access.ROOT_ADMIN, summary = "Read the log")
  public Map<String, Object> log(@QueryParam("type") String type) {
    return Map.of(
        "found", events.after(SCOPE, EventFilter.types(type), null, 100).size(),
        "heard", Listening.heard());
  }

  /** Reads a table of another feature. */
  @GET
  @Path("table")
  @Op(value = "curious.table.read", access = Access.ROOT_ADMIN, summary = "Read a table")
  public Map<String, Object> table() {
    try {
      var mapper = database.mapper(CuriousMapper.class);
      return Map.of("users", database.read(SCOPE, mapper::users));
    } catch (IllegalStateException refused) {
      return Map.of("refused", String.valueOf(refused.getMessage()));
    }
  }

  /** Looks services up by name. */
  @GET
  @Path("services")
  @Op(value = "curious.service.list", access = Access.ROOT_ADMIN, summary = "Look services up")
  public Map<String, Object> services(@QueryParam("name") List<String> names) {
    var context = FrameworkUtil.getBundle(Curious.class).getBundleContext();
    return Map.of(
        "found", names.stream().filter(name -> context.getServiceReference(name) != null).toList());
  }

  private record Said(String type) implements DomainEvent {
    @Override
    public @Nullable UUID tenantId() {
      return null;
    }

    @Override
    public UUID subjectId() {
      return new UUID(0, 1);
    }
  }
}
