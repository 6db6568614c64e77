package dev.slipway.security.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.slipway.api.CommonError;
import dev.slipway.api.PlatformException;
import dev.slipway.api.security.AccessTokens;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Tokens as JWTs signed with HS256. The claim {@code tokenType} tells a credential of the API
 * ({@code access}) from a token for another purpose ({@code purpose}, named by the claim of that
 * name); neither passes for the other.
 */
@Component(service = {AccessTokens.class, SignedTokens.class})
public final class SignedTokens implements AccessTokens {
  private static final String ISSUER = "slipway";
  private static final String TYPE = "tokenType";
  private static final String ACCESS = "access";
  private static final String PURPOSE = "purpose";
  private static final String SESSION = "sid";
  private static final Set<String> RESERVED =
      Set.of("iss", "sub", "aud", "exp", "nbf", "iat", "jti", SESSION, TYPE, PURPOSE);

  /** A token must not outlive the key that signed it, see {@link SigningKeys#AFTERLIFE}. */
  private static final Duration MAX_LIFETIME = SigningKeys.AFTERLIFE;

  private static final Duration SKEW = Duration.ofSeconds(30);
  private static final int MAX_LENGTH = 8192;

  /** {@code {"} in base64. */
  private static final String OBJECT = "eyJ";

  private final Supplier<SigningKey> active;
  private final Function<String, Optional<SigningKey>> byId;
  private final InstantSource clock;

  /** Made by the component runtime. */
  @Activate
  public SignedTokens(@Reference SigningKeys keys) {
    this(keys::active, keys::find, InstantSource.system());
  }

  SignedTokens(
      Supplier<SigningKey> active,
      Function<String, Optional<SigningKey>> byId,
      InstantSource clock) {
    this.active = active;
    this.byId = byId;
    this.clock = clock;
  }

  @Override
  public String issue(UUID userId, UUID sessionId, Map<String, String> claims) {
    var more = new JWTClaimsSet.Builder();
    claims.forEach(
        (name, value) -> {
          if (RESERVED.contains(name)) {
            throw new IllegalArgumentException("the claim " + name + " is the platform's own");
          }
          more.claim(name, value);
        });
    more.subject(userId.toString()).claim(SESSION, sessionId.toString()).claim(TYPE, ACCESS);
    return signed(more, LIFETIME);
  }

  @Override
  public String issueFor(String purpose, String subject, Duration lifetime) {
    if (lifetime.compareTo(MAX_LIFETIME) > 0 || !lifetime.isPositive()) {
      throw new IllegalArgumentException("a token lives at most " + MAX_LIFETIME);
    }
    return signed(
        new JWTClaimsSet.Builder().subject(subject).claim(TYPE, PURPOSE).claim(PURPOSE, purpose),
        lifetime);
  }

  @Override
  public String verify(String purpose, String token) {
    var claims = verified(token);
    var subject = claims.getSubject();
    if (subject == null
        || !PURPOSE.equals(claims.getClaim(TYPE))
        || !purpose.equals(claims.getClaim(PURPOSE))) {
      throw refused();
    }
    return subject;
  }

  /** Verifies a credential of the API; refuses with 401. */
  public Session verifyAccess(String token) {
    var claims = verified(token);
    if (!ACCESS.equals(claims.getClaim(TYPE)) || claims.getClaim(PURPOSE) != null) {
      throw refused();
    }
    return new Session(id(claims.getSubject()), id(claims.getClaim(SESSION)));
  }

  private String signed(JWTClaimsSet.Builder claims, Duration lifetime) {
    var key = active.get();
    var now = clock.instant();
    claims
        .issuer(ISSUER)
        .jwtID(UUID.randomUUID().toString())
        .issueTime(Date.from(now))
        .expirationTime(Date.from(now.plus(lifetime)));
    var header =
        new JWSHeader.Builder(JWSAlgorithm.HS256).type(JOSEObjectType.JWT).keyID(key.id()).build();
    var token = new SignedJWT(header, claims.build());
    try {
      token.sign(key.signer());
    } catch (JOSEException failure) {
      throw new IllegalStateException("signing failed", failure);
    }
    var text = token.serialize();
    if (text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("the claims are too long");
    }
    return text;
  }

  private JWTClaimsSet verified(String text) {
    // Header and claims are JSON objects as Nimbus writes them; its parser stumbles over some other
    // values.
    if (text.length() > MAX_LENGTH || !text.startsWith(OBJECT) || !text.contains("." + OBJECT)) {
      throw refused();
    }
    try {
      var token = SignedJWT.parse(text);
      var header = token.getHeader();
      // Only what this class issues: the algorithm is never taken from the token.
      if (!JWSAlgorithm.HS256.equals(header.getAlgorithm())
          || !JOSEObjectType.JWT.equals(header.getType())
          || header.getCriticalParams() != null
          || header.getKeyID() == null) {
        throw refused();
      }
      var key = byId.apply(header.getKeyID()).orElseThrow(SignedTokens::refused);
      if (!token.verify(key.verifier())) {
        throw refused();
      }
      return current(token.getJWTClaimsSet());
    } catch (ParseException | JOSEException | IllegalArgumentException malformed) {
      throw refused();
    }
  }

  private JWTClaimsSet current(JWTClaimsSet claims) {
    var now = clock.instant();
    var issued = claims.getIssueTime();
    var expires = claims.getExpirationTime();
    if (!ISSUER.equals(claims.getIssuer())
        || issued == null
        || expires == null
        || issued.toInstant().isAfter(now.plus(SKEW))
        || !expires.toInstant().plus(SKEW).isAfter(now)) {
      throw refused();
    }
    return claims;
  }

  private static UUID id(@Nullable Object claim) {
    try {
      return UUID.fromString(String.valueOf(claim));
    } catch (IllegalArgumentException malformed) {
      throw refused();
    }
  }

  private static PlatformException refused() {
    return CommonError.UNAUTHENTICATED.of();
  }

  /** Whom an access token speaks of. */
  public record Session(UUID userId, UUID sessionId) {}
}
