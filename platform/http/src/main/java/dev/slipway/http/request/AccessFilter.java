package dev.slipway.http.request;

import dev.slipway.api.CurrentOperation;
import dev.slipway.api.rest.BodyLimit;
import dev.slipway.http.limit.RateLimits;
import dev.slipway.http.route.Route;
import dev.slipway.security.Admission;
import dev.slipway.security.Authenticator;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import java.util.Objects;
import java.util.UUID;
import org.glassfish.jersey.server.ContainerRequest;
import org.jspecify.annotations.Nullable;

/** Decides, once the route is known, whether this caller may go on. */
@Priority(Priorities.AUTHENTICATION)
public final class AccessFilter implements ContainerRequestFilter {
  private final Admission admission;
  private final RateLimits limits;

  /** Asks the authenticator who it is. */
  public AccessFilter(Authenticator authenticator, RateLimits limits) {
    admission = new Admission(authenticator);
    this.limits = limits;
  }

  @Override
  public void filter(ContainerRequestContext context) {
    var exchange = Exchange.current();
    var bound = exchange.match((ContainerRequest) context);
    if (bound == null) {
      return;
    }
    var route = bound.route();
    var usage = limits.count(route, exchange.remoteAddress());
    if (usage != null) {
      exchange.usage(usage);
      usage.require();
    }
    var bytes = route.method().getAnnotation(BodyLimit.class);
    exchange.body().limit(bytes == null ? LimitedInput.DEFAULT : bytes.value());
    var access = route.access();
    var credentials =
        new Admission.Credentials(
            context.getHeaderString("Authorization"),
            context.getHeaderString("X-Tenant-ID"),
            exchange.requestId(),
            exchange.remoteAddress(),
            object(route, context));
    var caller = admission.admit(access, credentials);
    // What lasts longer than a request asks again and again.
    exchange.caller(caller, () -> admission.again(access, caller, credentials));
    Objects.requireNonNull(CurrentOperation.get())
        .identify(route.operation(), caller, route.audited());
  }

  /** What a credential must be bound to where it is bound to something; null lets none in. */
  private static @Nullable UUID object(Route route, ContainerRequestContext context) {
    var parameter = route.bound();
    if (parameter.isEmpty()) {
      return null;
    }
    var named = context.getUriInfo().getPathParameters().getFirst(parameter);
    try {
      return named == null ? null : UUID.fromString(named);
    } catch (IllegalArgumentException noId) {
      return null;
    }
  }
}
