package dev.slipway.security;

import dev.slipway.api.Caller;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Turns the credential of a request into its {@link Caller}; for the platform's HTTP and gRPC front
 * doors.
 */
@ProviderType
public interface Authenticator {
  /**
   * Authenticates one request. Call it outside any unit of work: it may have to ask the accounts
   * feature.
   *
   * @param authorization the {@code Authorization} header; without one the caller is anonymous
   * @param tenantHeader the {@code X-Tenant-ID} header; ignored for an anonymous caller
   * @param requestId goes into the caller
   * @param remoteAddress goes into the caller
   * @throws dev.slipway.api.PlatformException 401 for a credential that is malformed, forged,
   *     expired or revoked; 400 for a malformed tenant id; 403 where the caller has no seat in that
   *     tenant, and for every credential that is bound to one object; 503 while nobody knows the
   *     accounts
   */
  Caller authenticate(
      @Nullable String authorization,
      @Nullable String tenantHeader,
      String requestId,
      String remoteAddress);

  /**
   * Authenticates a request for an operation that is open to credentials which are bound to one
   * object.
   *
   * @param object what the operation is about, the only object that such a credential may be bound
   *     to; null lets none in
   * @throws dev.slipway.api.PlatformException as above; 403 for a credential that is bound to
   *     another object
   */
  default Caller authenticate(
      @Nullable String authorization,
      @Nullable String tenantHeader,
      String requestId,
      String remoteAddress,
      @Nullable UUID object) {
    return authenticate(authorization, tenantHeader, requestId, remoteAddress);
  }

  /**
   * Authenticates one request for work on the platform itself: the caller's seat is the one in the
   * root tenant, whichever tenant it works in otherwise; none where it has no such seat.
   *
   * @throws dev.slipway.api.PlatformException 401 and 503 as above
   */
  Caller operator(@Nullable String authorization, String requestId, String remoteAddress);

  /**
   * The same caller as of now, for what outlives its request: a login, a seat or a role may have
   * been taken away since. That an access token has expired does not matter while its login lives.
   *
   * @param before as one of the others returned it
   * @param authorization the header that it came from
   * @throws dev.slipway.api.PlatformException 401, 403 and 503 as above
   */
  Caller again(Caller before, @Nullable String authorization);
}
