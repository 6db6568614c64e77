package com.example.greeting;

import dev.slipway.api.Caller;
import dev.slipway.api.PageRequest;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Operations on greetings. */
@Path("greetings")
@Component(service = RestResource.class)
public final class GreetingResource implements RestResource {
  private final GreetingStore store;

  @Activate
  public GreetingResource(@Reference GreetingStore store) {
    this.store = store;
  }

  /** Greets somebody. */
  @POST
  @Op(
      value = "example-greeting.greeting.create",
      access = Access.TENANT,
      summary = "Greet somebody",
      status = 201)
  public Greeting create(@Context Caller caller, Draft body) {
    return store.greet(caller.tenantId(), body.name());
  }

  /** The newest greetings. */
  @GET
  @Op(
      value = "example-greeting.greeting.list",
      access = Access.TENANT,
      summary = "List the newest greetings")
  public Greetings list(@Context Caller caller, @Context PageRequest page) {
    var found = store.list(caller.tenantId(), page);
    return new Greetings(found.items(), found.total());
  }

  /** Who is to be greeted. */
  public record Draft(@Size(min = 1, max = 80) String name) {}

  /** A page of greetings. */
  public record Greetings(List<Greeting> greetings, long total) {}
}
