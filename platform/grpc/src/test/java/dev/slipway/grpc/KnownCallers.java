package dev.slipway.grpc;

import dev.slipway.api.Caller;
import dev.slipway.api.CommonError;
import dev.slipway.api.Ids;
import dev.slipway.api.Membership;
import dev.slipway.api.Role;
import dev.slipway.security.Admission;
import dev.slipway.security.Authenticator;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A user of one tenant, whose token is {@code known}; nobody else. */
final class KnownCallers implements Authenticator {
  static final Admission ADMISSION = new Admission(new KnownCallers());
  static final UUID TENANT = Ids.next();
  static final UUID USER = Ids.next();

  @Override
  public Caller authenticate(
      @Nullable String authorization,
      @Nullable String tenant,
      String requestId,
      String remoteAddress) {
    if (authorization == null) {
      return Caller.anonymous(requestId, remoteAddress);
    }
    if (!authorization.equals("Bearer known")) {
      throw CommonError.UNAUTHENTICATED.of();
    }
    var seat = TENANT.toString().equals(tenant) ? new Membership(TENANT, Role.USER, false) : null;
    return new Caller(USER, null, null, "user@example.com", seat, requestId, remoteAddress);
  }

  @Override
  public Caller operator(@Nullable String authorization, String requestId, String remoteAddress) {
    return authenticate(authorization, null, requestId, remoteAddress);
  }

  @Override
  public Caller again(Caller before, @Nullable String authorization) {
    return before;
  }
}
