package dev.slipway.security.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
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
import java.time.Instant;
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
  private static final int MAX_REMEMBERED = 10_000;

  /** {@code {"} in base64. */
  private static final String OBJECT = "eyJ";

  private final Supplier<SigningKey> active;
  private final Function<String, Optional<SigningKey>> byId;
  private final InstantSource clock;
  private final Cache<String, Good> good =
      Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).build();

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
    var claims = verified(token).claims();
    var subject = claims.getSubject();
    if (subject == null
        || !PURPOSE.equals(claims.getClaim(TYPE))
        || !purpose.equals(claims.getClaim(PURPOSE))) {
      throw refused();
    }
    return subject;
  }

  /**
   * Verifies a credential of the API; refuses with 401. One that was found good is not computed
   * again, only its time and its key are looked at.
   */
  public Session verifyAccess(String token) {
    var known = good.getIfPresent(token);
    if (known != null
        && known.times().include(clock.instant())
        && byId.apply(known.keyId()).isPresent()) {
      return known.session();
    }
    var parsed = verified(token);
    var claims = parsed.claims();
    if (!ACCESS.equals(claims.getClaim(TYPE)) || claims.getClaim(PURPOSE) != null) {
      throw refused();
    }
    var session = new Session(id(claims.getSubject()), id(claims.getClaim(SESSION)));
    good.put(token, new Good(session, parsed.keyId(), parsed.times()));
    return session;
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

  private Verified verified(String text) {
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
      var claims = token.getJWTClaimsSet();
      var times = times(claims);
      if (!ISSUER.equals(claims.getIssuer()) || !times.include(clock.instant())) {
        throw refused();
      }
      return new Verified(claims, header.getKeyID(), times);
    } catch (ParseException | JOSEException | IllegalArgumentException malformed) {
      throw refused();
    }
  }

  private static Times times(JWTClaimsSet claims) {
    if (claims.getIssueTime() == null || claims.getExpirationTime() == null) {
      throw refused();
    }
    return new Times(claims.getIssueTime().toInstant(), claims.getExpirationTime().toInstant());
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

  /** A token whose signature and times are right. */
  private record Verified(JWTClaimsSet claims, String keyId, Times times) {}

  /** What is remembered of an access token. */
  private record Good(Session session, String keyId, Times times) {}

  /** From when until when a token is good, by clocks that differ a little. */
  private record Times(Instant issued, Instant expires) {
    boolean include(Instant now) {
      return !issued.isAfter(now.plus(SKEW)) && expires.plus(SKEW).isAfter(now);
    }
  }

  /** Whom an access token speaks of. */
  public record Session(UUID userId, UUID sessionId) {}
}
