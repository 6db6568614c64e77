package dev.slipway.api;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Who makes a request. A resource method that declares a parameter of this type receives it; it can
 * not be forged by a request because only the platform's authentication builds it.
 *
 * @param userId the user, absent for an API key without one and for an anonymous caller
 * @param apiKeyId the API key or bound credential, when the caller came with one
 * @param sessionId the login session (refresh token family) of a user, absent for API keys
 * @param name e-mail address, key name or {@code anonymous}; for logs and audit only
 * @param membership the active tenant and the role there; absent where no tenant was chosen
 * @param requestId id of the request, as sent back in {@code X-Request-ID}
 * @param remoteAddress textual IP address of the peer
 * @param onBehalfOf whom an API key acts for, who made it; absent for users; for the audit only
 * @param boundTo the one object that the credential is good for; absent where it is bound to none.
 *     Only operations that open themselves to it by {@link dev.slipway.api.rest.Op#bound} are
 *     reached by such a caller, and only for this object
 */
@ProviderType
public record Caller(
    @Nullable UUID userId,
    @Nullable UUID apiKeyId,
    @Nullable UUID sessionId,
    String name,
    @Nullable Membership membership,
    String requestId,
    String remoteAddress,
    @Nullable UUID onBehalfOf,
    @Nullable UUID boundTo) {

  /** A caller whose credential is bound to nothing. */
  public Caller(
      @Nullable UUID userId,
      @Nullable UUID apiKeyId,
      @Nullable UUID sessionId,
      String name,
      @Nullable Membership membership,
      String requestId,
      String remoteAddress,
      @Nullable UUID onBehalfOf) {
    this(userId, apiKeyId, sessionId, name, membership, requestId, remoteAddress, onBehalfOf, null);
  }

  /** A caller who acts for nobody else. */
  public Caller(
      @Nullable UUID userId,
      @Nullable UUID apiKeyId,
      @Nullable UUID sessionId,
      String name,
      @Nullable Membership membership,
      String requestId,
      String remoteAddress) {
    this(userId, apiKeyId, sessionId, name, membership, requestId, remoteAddress, null);
  }

  /** A caller without any credential. */
  public static Caller anonymous(String requestId, String remoteAddress) {
    return new Caller(null, null, null, "anonymous", null, requestId, remoteAddress);
  }

  /** The active tenant; refuses with 400 where none was chosen. */
  public UUID tenantId() {
    return seat().tenantId();
  }

  /** The user's id; refuses with 403 for a caller that is no user (an API key). */
  public UUID requireUser() {
    if (userId == null) {
      throw CommonError.FORBIDDEN.of("a signed-in user is required");
    }
    return userId;
  }

  /** Whether the caller holds at least this role in the active tenant. */
  public boolean has(Role role) {
    return membership != null && membership.role().includes(role);
  }

  /** Refuses with 403 unless the caller holds at least this role in the active tenant. */
  public void require(Role role) {
    if (!seat().role().includes(role)) {
      throw CommonError.FORBIDDEN.of("role " + role.name().toLowerCase() + " is required");
    }
  }

  private Membership seat() {
    if (membership == null) {
      throw CommonError.TENANT_REQUIRED.of();
    }
    return membership;
  }
}
