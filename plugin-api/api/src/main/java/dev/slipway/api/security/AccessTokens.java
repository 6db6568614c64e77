package dev.slipway.api.security;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/** Access tokens of users: signed JWTs, verified by the platform on every request. */
@ProviderType
public interface AccessTokens {
  /** How long an access token lives. */
  Duration LIFETIME = Duration.ofMinutes(60);

  /**
   * Issues a token.
   *
   * @param userId subject
   * @param sessionId the login session; once {@link PrincipalCache} and its source know it as
   *     ended, the token is void
   * @param claims further claims such as {@code email}; no secrets
   */
  String issue(UUID userId, UUID sessionId, Map<String, String> claims);

  /**
   * Issues a token for another purpose than the API, such as reading one repository; it is no API
   * credential.
   *
   * @param purpose what it is for; {@link #verify} must be asked with the same
   * @param subject whom or what it speaks of
   * @param lifetime until it expires
   */
  String issueFor(String purpose, String subject, Duration lifetime);

  /**
   * The subject of a token that was issued for this purpose; refuses with 401 where it is forged,
   * expired or other.
   */
  String verify(String purpose, String token);
}
