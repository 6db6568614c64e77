package dev.slipway.api.security;

import dev.slipway.api.Caller;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Callers whose client knows no other way to sign in than HTTP's basic authentication, such as git.
 * For operations that are public to the platform because their protocol is not ours.
 *
 * @since 1.1
 */
@ProviderType
public interface BasicAuthentication {
  /**
   * Who makes this request. The password is an API key, an access token, or a credential that is
   * bound to the object. The user name is the id of the tenant that is meant; with an API key it
   * may be anything, and the key's own tenant is meant where it is no id. From then on the
   * operation that the thread serves is the caller's, in the audit too. Call it outside any unit of
   * work.
   *
   * @param request the caller that the platform has made of the request, which is anonymous
   * @param authorization the {@code Authorization} header
   * @param object what the operation is about; null where it is not open to credentials that are
   *     bound to one object
   * @throws dev.slipway.api.PlatformException 401 where there is none, or one that is malformed,
   *     forged, expired or revoked: answer it with {@code WWW-Authenticate: Basic}; 403 where the
   *     caller has no seat in that tenant, or is bound to another object; 503 while nobody knows
   *     the accounts
   */
  Caller authenticate(Caller request, @Nullable String authorization, @Nullable UUID object);
}
