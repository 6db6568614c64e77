package dev.slipway.http.request;

import dev.slipway.api.Caller;
import dev.slipway.api.CommonError;
import dev.slipway.api.CurrentOperation;
import dev.slipway.api.Role;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.BodyLimit;
import dev.slipway.http.limit.RateLimits;
import dev.slipway.security.Authenticator;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import java.util.Objects;
import org.glassfish.jersey.server.ContainerRequest;

/** Decides, once the route is known, whether this caller may go on. */
@Priority(Priorities.AUTHENTICATION)
public final class AccessFilter implements ContainerRequestFilter {
  private final Authenticator authenticator;
  private final RateLimits limits;

  /** Asks the authenticator who it is. */
  public AccessFilter(Authenticator authenticator, RateLimits limits) {
    this.authenticator = authenticator;
    this.limits = limits;
  }

  @Override
  public void filter(ContainerRequestContext context) {
    var exchange = Exchange.current();
    var route = exchange.match((ContainerRequest) context).route();
    limits.check(route, exchange.remoteAddress());
    var bytes = route.method().getAnnotation(BodyLimit.class);
    exchange.body().limit(bytes == null ? LimitedInput.DEFAULT : bytes.value());
    var access = route.access();
    var caller =
        access == null
            ? Caller.anonymous(exchange.requestId(), exchange.remoteAddress())
            : authenticator.authenticate(
                context.getHeaderString("Authorization"),
                context.getHeaderString("X-Tenant-ID"),
                exchange.requestId(),
                exchange.remoteAddress());
    if (access != null) {
      require(access, caller);
    }
    exchange.caller(caller);
    Objects.requireNonNull(CurrentOperation.get())
        .identify(route.operation(), caller, route.audited());
  }

  private static void require(Access access, Caller caller) {
    if (caller.userId() == null && caller.apiKeyId() == null) {
      throw CommonError.UNAUTHENTICATED.of();
    }
    switch (access) {
      case USER -> {}
      case TENANT -> caller.require(Role.USER);
      case TENANT_ADMIN -> caller.require(Role.ADMIN);
      case TENANT_OWNER -> caller.require(Role.OWNER);
      case ROOT_ADMIN -> requireRoot(caller, Role.ADMIN);
      case ROOT_OWNER -> requireRoot(caller, Role.OWNER);
    }
  }

  private static void requireRoot(Caller caller, Role role) {
    caller.require(role);
    if (caller.membership() == null || !caller.membership().root()) {
      throw CommonError.FORBIDDEN.of("only for admins of the root tenant");
    }
  }
}
