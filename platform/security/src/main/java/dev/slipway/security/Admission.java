package dev.slipway.security;

import dev.slipway.api.Caller;
import dev.slipway.api.CommonError;
import dev.slipway.api.Role;
import dev.slipway.api.rest.Access;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Decides whether a caller may call an operation; the same for every front door. */
public final class Admission {
  private final Authenticator authenticator;

  /** Asks the authenticator who it is. */
  public Admission(Authenticator authenticator) {
    this.authenticator = authenticator;
  }

  /**
   * What a call says of itself.
   *
   * @param object what it is about, where its operation is open to credentials that are bound to
   *     that; null lets none of those in
   */
  public record Credentials(
      @Nullable String authorization,
      @Nullable String tenant,
      String requestId,
      String remoteAddress,
      @Nullable UUID object) {
    /** Of a call that no bound credential may make. */
    public Credentials(
        @Nullable String authorization,
        @Nullable String tenant,
        String requestId,
        String remoteAddress) {
      this(authorization, tenant, requestId, remoteAddress, null);
    }
  }

  /**
   * Who calls.
   *
   * @param access what the operation asks for; null admits anyone, unseen
   * @throws dev.slipway.api.PlatformException where the caller may not
   */
  public Caller admit(@Nullable Access access, Credentials given) {
    var caller = caller(access, given);
    if (access != null) {
      require(access, caller);
    }
    return caller;
  }

  /**
   * The same caller as of now.
   *
   * @param before as {@link #admit} returned it for the same credentials
   * @throws dev.slipway.api.PlatformException where the caller may no longer
   */
  public Caller again(@Nullable Access access, Caller before, Credentials given) {
    var now = authenticator.again(before, given.authorization());
    if (access != null) {
      require(access, now);
    }
    return now;
  }

  private Caller caller(@Nullable Access access, Credentials given) {
    var id = given.requestId();
    var peer = given.remoteAddress();
    return switch (access) {
      case null -> Caller.anonymous(id, peer);
      case ROOT_ADMIN, ROOT_OWNER -> authenticator.operator(given.authorization(), id, peer);
      case USER, TENANT, TENANT_ADMIN, TENANT_OWNER ->
          authenticator.authenticate(
              given.authorization(), given.tenant(), id, peer, given.object());
    };
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
