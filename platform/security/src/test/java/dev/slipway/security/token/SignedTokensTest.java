package dev.slipway.security.token;

import static dev.slipway.security.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.slipway.api.CommonError;
import dev.slipway.api.Ids;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedTokensTest {
  private static final Instant START = Instant.parse("2026-05-01T10:00:00Z");
  private static final byte[] SECRET =
      "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private static final List<String> HEADERS =
      Stream.of("alg", "typ", "kid", "crit", "b64", "jwk", "jku", "x5c", "x5t", "cty", "zip", "x")
          .flatMap(
              name ->
                  Stream.of(
                          "null",
                          "1",
                          "[]",
                          "{}",
                          "true",
                          "\"\"",
                          "\"HS256\"",
                          "[null]",
                          "[{}]",
                          "1e999")
                      .map(value -> "\"" + name + "\":" + value))
          .toList();

  private final SigningKey key = SigningKey.of("k1", SECRET, START, null);
  private final UUID user = Ids.next();
  private final UUID session = Ids.next();
  private Instant now = START;
  private final SignedTokens tokens =
      new SignedTokens(
          () -> key, id -> id.equals("k1") ? Optional.of(key) : Optional.empty(), () -> now);

  @Test
  void anIssuedTokenNamesUserAndSession() throws Exception {
    var token = tokens.issue(user, session, Map.of("email", "ada@example.org"));
    assertThat(tokens.verifyAccess(token)).isEqualTo(new SignedTokens.Session(user, session));
    var claims = SignedJWT.parse(token).getJWTClaimsSet();
    assertThat(claims.getIssuer()).isEqualTo("slipway");
    assertThat(claims.getStringClaim("email")).isEqualTo("ada@example.org");
    assertThat(claims.getJWTID()).isNotBlank();
    assertThat(claims.getIssueTime()).isEqualTo(Date.from(START));
    assertThat(claims.getExpirationTime()).isEqualTo(Date.from(START.plusSeconds(3600)));
  }

  @Test
  void twoTokensDiffer() {
    assertThat(tokens.issue(user, session, Map.of()))
        .isNotEqualTo(tokens.issue(user, session, Map.of()));
  }

  @Test
  void expiresAfterItsLifetimeAndTheSkew() {
    var token = tokens.issue(user, session, Map.of());
    now = START.plusSeconds(3600 + 29);
    assertThat(tokens.verifyAccess(token).userId()).isEqualTo(user);
    now = START.plusSeconds(3600 + 30);
    refused(token);
  }

  @Test
  void isNotValidBeforeItWasIssued() {
    var token = tokens.issue(user, session, Map.of());
    now = START.minusSeconds(30);
    assertThat(tokens.verifyAccess(token).userId()).isEqualTo(user);
    now = START.minusSeconds(31);
    refused(token);
  }

  @Test
  void everyChangedCharacterIsNoticed() {
    var token = tokens.issue(user, session, Map.of());
    for (var i = 0; i < token.length(); i++) {
      var forged = new StringBuilder(token);
      // Bit 5 of the value, so that the last character's unused bits are not all that changes.
      forged.setCharAt(i, swapped(token.charAt(i)));
      refused(forged.toString());
    }
  }

  @Test
  void aTokenOfAnotherKeyIsRefused() throws Exception {
    var other = "fedcba9876543210fedcba9876543210".getBytes(StandardCharsets.US_ASCII);
    refused(sign(header("k1"), access().build(), new MACSigner(other)));
    refused(sign(header("k2"), access().build(), new MACSigner(SECRET)));
  }

  @Test
  void algorithmNoneIsRefused() {
    var header = "{\"alg\":\"none\",\"typ\":\"JWT\",\"kid\":\"k1\"}";
    var claims = access().build().toString();
    refused(base64(header) + "." + base64(claims) + ".");
    refused(base64(header) + "." + base64(claims) + "." + base64("x"));
    refused(base64(header.replace("none", "nOnE")) + "." + base64(claims) + ".");
  }

  @Test
  void otherAlgorithmsAreRefusedEvenWithTheRightKey() throws Exception {
    var longKey = new byte[64];
    System.arraycopy(SECRET, 0, longKey, 0, SECRET.length);
    for (var algorithm : new JWSAlgorithm[] {JWSAlgorithm.HS384, JWSAlgorithm.HS512}) {
      var header = new JWSHeader.Builder(algorithm).type(JOSEObjectType.JWT).keyID("k1").build();
      refused(sign(header, access().build(), new MACSigner(longKey)));
    }
    var pair = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    var rsa =
        new JWSHeader.Builder(JWSAlgorithm.RS256).type(JOSEObjectType.JWT).keyID("k1").build();
    refused(sign(rsa, access().build(), new RSASSASigner(pair.getPrivate())));
  }

  @Test
  void otherHeadersAreRefused() throws Exception {
    var signer = new MACSigner(SECRET);
    refused(
        sign(
            new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("k1").build(),
            access().build(),
            signer));
    refused(
        sign(
            new JWSHeader.Builder(JWSAlgorithm.HS256).type(JOSEObjectType.JWT).build(),
            access().build(),
            signer));
    refused(
        sign(
            new JWSHeader.Builder(JWSAlgorithm.HS256)
                .type(new JOSEObjectType("logout+jwt"))
                .keyID("k1")
                .build(),
            access().build(),
            signer));
  }

  @Test
  void aRightlySignedTokenWithWrongClaimsIsRefused() throws Exception {
    assertThat(tokens.verifyAccess(mine(access()))).isNotNull();
    refused(mine(access().issuer("other")));
    refused(mine(access().issuer(null)));
    refused(mine(access().subject(null)));
    refused(mine(access().subject("root")));
    refused(mine(access().claim("sid", null)));
    refused(mine(access().claim("sid", 7)));
    refused(mine(access().claim("tokenType", "refresh")));
    refused(mine(access().claim("tokenType", null)));
    refused(mine(access().claim("purpose", "x")));
    refused(mine(access().expirationTime(null)));
    refused(mine(access().issueTime(null)));
  }

  @Test
  void aPurposeIsBound() {
    var token = tokens.issueFor("clone", "repo/42", Duration.ofMinutes(5));
    assertThat(tokens.verify("clone", token)).isEqualTo("repo/42");
    assertRefused(CommonError.UNAUTHENTICATED, () -> tokens.verify("push", token));
    now = START.plusSeconds(5 * 60 + 30);
    assertRefused(CommonError.UNAUTHENTICATED, () -> tokens.verify("clone", token));
  }

  @Test
  void aPurposeIsNoAccessAndAccessIsNoPurpose() {
    refused(tokens.issueFor("access", user.toString(), Duration.ofMinutes(5)));
    var access = tokens.issue(user, session, Map.of());
    assertRefused(CommonError.UNAUTHENTICATED, () -> tokens.verify("access", access));
    assertRefused(CommonError.UNAUTHENTICATED, () -> tokens.verify("purpose", access));
  }

  @Test
  void noTokenOutlivesItsKey() {
    assertThatThrownBy(() -> tokens.issueFor("clone", "x", Duration.ofHours(4)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> tokens.issueFor("clone", "x", Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"iss", "sub", "sid", "exp", "tokenType", "purpose", "jti"})
  void callersSetNoClaimOfOurs(String name) {
    assertThatThrownBy(() -> tokens.issue(user, session, Map.of(name, "x")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "...",
        "a.b",
        "a.b.c",
        "a.b.c.d",
        "e30.e30.",
        "e30.e30.e30",
        "bnVsbA.bnVsbA.bnVsbA",
        "W10.W10.W10",
        "eyJhbGciOm51bGx9.e30.e30",
        "eyJhbGciOlsxXX0.e30.e30",
        "%.%.%"
      })
  void rubbishIsRefused(String token) {
    refused(token);
  }

  @Test
  void randomRubbishAndDeepNestingAreRefused() {
    var random = new Random(42);
    var header = "{\"alg\":\"HS256\",\"typ\":\"JWT\",\"kid\":\"k1\"}";
    for (var i = 0; i < 2_000; i++) {
      var bytes = new byte[random.nextInt(60)];
      random.nextBytes(bytes);
      var part = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
      refused(part + "." + part + "." + part);
      var members =
          HEADERS.get(random.nextInt(HEADERS.size()))
              + ","
              + HEADERS.get(random.nextInt(HEADERS.size()));
      refused(base64("{" + members + "}") + ".eyJ." + part);
      refused(base64("{\"" + part + "\":" + members) + ".eyJ." + part);
      refused(base64(header) + "." + part + "." + part);
    }
    refused(base64("[".repeat(3_000)) + ".e30.e30");
    refused(base64("{\"a\":".repeat(800)) + ".e30.e30");
    refused("a".repeat(1_000_000));
  }

  private void refused(String token) {
    assertRefused(CommonError.UNAUTHENTICATED, () -> tokens.verifyAccess(token));
  }

  private JWTClaimsSet.Builder access() {
    return new JWTClaimsSet.Builder()
        .issuer("slipway")
        .subject(user.toString())
        .claim("sid", session.toString())
        .claim("tokenType", "access")
        .issueTime(Date.from(START))
        .expirationTime(Date.from(START.plusSeconds(60)));
  }

  private static String mine(JWTClaimsSet.Builder claims) throws Exception {
    return sign(header("k1"), claims.build(), new MACSigner(SECRET));
  }

  private static JWSHeader header(String id) {
    return new JWSHeader.Builder(JWSAlgorithm.HS256).type(JOSEObjectType.JWT).keyID(id).build();
  }

  private static String sign(JWSHeader header, JWTClaimsSet claims, JWSSigner signer)
      throws Exception {
    var token = new SignedJWT(header, claims);
    token.sign(signer);
    return token.serialize();
  }

  private static char swapped(char c) {
    if (c == '.') {
      return '_';
    }
    var alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    return alphabet.charAt(alphabet.indexOf(c) ^ 32);
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
