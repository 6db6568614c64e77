package dev.slipway.api.security;

import dev.slipway.api.Membership;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Who stands behind a credential, as the accounts feature knows it.
 *
 * @param userId the user; null for an API key of a tenant
 * @param apiKeyId the API key; null for a user
 * @param name e-mail address or key name
 * @param membership the seat in the tenant that was asked for; null where there is none
 * @param onBehalfOf whom an API key acts for, who made it; null for a user
 */
@ProviderType
public record Principal(
    @Nullable UUID userId,
    @Nullable UUID apiKeyId,
    String name,
    @Nullable Membership membership,
    @Nullable UUID onBehalfOf) {

  /** A user, or a key that acts for nobody in particular. */
  public Principal(
      @Nullable UUID userId,
      @Nullable UUID apiKeyId,
      String name,
      @Nullable Membership membership) {
    this(userId, apiKeyId, name, membership, null);
  }
}
