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
import org.jspecify.annotations.Nullable;

/** Decides, once the route is known, whether this caller may go on. */
@Priority(Priorities.AUTHENTICATION)
public final class AccessFilter implements ContainerRequestFilter {
  private static final String CREDENTIAL = "Authorization";

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
    var caller = caller(access, context, exchange);
    if (access != null) {
      require(access, caller);
    }
    var credential = context.getHeaderString(CREDENTIAL);
    exchange.caller(caller, () -> again(access, caller, credential));
    Objects.requireNonNull(CurrentOperation.get())
        .identify(route.operation(), caller, route.audited());
  }

  private Caller caller(
      @Nullable Access access, ContainerRequestContext context, Exchange exchange) {
    var id = exchange.requestId();
    var peer = exchange.remoteAddress();
    var credential = context.getHeaderString(CREDENTIAL);
    return switch (access) {
      case null -> Caller.anonymous(id, peer);
      case ROOT_ADMIN, ROOT_OWNER -> authenticator.operator(credential, id, peer);
      case USER, TENANT, TENANT_ADMIN, TENANT_OWNER ->
          authenticator.authenticate(credential, context.getHeaderString("X-Tenant-ID"), id, peer);
    };
  }

  /** What lasts longer than a request asks again and again. */
  private Caller again(@Nullable Access access, Caller before, @Nullable String credential) {
    var now = authenticator.again(before, credential);
    if (access != null) {
      require(access, now);
    }
    return now;
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
    if (caller.membership() == null) {
      throw CommonError.FORBIDDEN.of("only for admins of the root tenant");
    }
    caller.require(role);
  }
}
