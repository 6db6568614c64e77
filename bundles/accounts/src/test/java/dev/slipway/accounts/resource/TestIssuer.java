package dev.slipway.accounts.resource;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.api.net.Egress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** An OpenID provider that checks what it is sent, and lies in its ID tokens where a test asks. */
final class TestIssuer implements AutoCloseable, Egress {
  static final String CLIENT = "slipway-client";
  static final String SECRET = "s3cret/with:odd&signs";

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private record Grant(Map<String, String> request, Map<String, Object> claims) {}

  private final HttpServer server;
  private final RSAKey key;
  private final Map<String, Grant> codes = new ConcurrentHashMap<>();
  final List<String> refusals = java.util.Collections.synchronizedList(new ArrayList<>());
  volatile UnaryOperator<JWTClaimsSet.Builder> lie = UnaryOperator.identity();
  volatile RSAKey signingKey;
  volatile String kid = "k1";

  /** What becomes of the signed token on its way. */
  volatile UnaryOperator<String> tampering = UnaryOperator.identity();

  TestIssuer() {
    try {
      key = new RSAKeyGenerator(2048).keyID("k1").generate();
      signingKey = key;
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext("/.well-known/openid-configuration", this::metadata);
      server.createContext(
          "/jwks", exchange -> answer(exchange, 200, new JWKSet(key.toPublicJWK()).toString()));
      server.createContext("/token", this::token);
      server.start();
    } catch (IOException | JOSEException failure) {
      throw new IllegalStateException(failure);
    }
  }

  String issuer() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  Map<String, String> settings() {
    return Map.of(
        "slipway.oidc.issuer", issuer(),
        "slipway.oidc.client.id", CLIENT,
        "slipway.oidc.client.secret", SECRET);
  }

  /** A person consents: checks the request and returns to where it asks, with a code. */
  URI consent(URI authorization, Map<String, Object> claims) {
    var request = parameters(authorization.getRawQuery());
    require(authorization.toString().startsWith(issuer() + "/authorize?"), "endpoint");
    require("code".equals(request.get("response_type")), "response_type");
    require(CLIENT.equals(request.get("client_id")), "client_id");
    require("S256".equals(request.get("code_challenge_method")), "code_challenge_method");
    require(request.get("code_challenge").length() == 43, "code_challenge");
    require(request.get("scope").contains("openid"), "scope");
    require(request.get("state").length() >= 32, "state");
    require(request.get("nonce").length() >= 32, "nonce");
    var code = UUID.randomUUID().toString();
    codes.put(code, new Grant(request, claims));
    return URI.create(
        request.get("redirect_uri") + "?code=" + code + "&state=" + request.get("state"));
  }

  private void metadata(HttpExchange exchange) throws IOException {
    answer(
        exchange,
        200,
        """
        {"issuer":"%1$s","authorization_endpoint":"%1$s/authorize","token_endpoint":"%1$s/token",
        "jwks_uri":"%1$s/jwks","response_types_supported":["code"],
        "subject_types_supported":["public"],"id_token_signing_alg_values_supported":["RS256"]}
        """
            .formatted(issuer()));
  }

  private void token(HttpExchange exchange) throws IOException {
    var form =
        parameters(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    // Taken out whatever comes: a code works once.
    var grant = codes.remove(form.getOrDefault("code", ""));
    var fault = fault(exchange, form, grant);
    if (fault != null) {
      refusals.add(fault);
      answer(exchange, 400, "{\"error\":\"invalid_grant\"}");
      return;
    }
    try {
      answer(
          exchange,
          200,
          "{\"access_token\":\"at\",\"token_type\":\"Bearer\",\"id_token\":\""
              + idToken(grant)
              + "\"}");
    } catch (JOSEException failure) {
      throw new IOException(failure);
    }
  }

  private static String fault(HttpExchange exchange, Map<String, String> form, Grant grant) {
    var expected =
        "Basic "
            + Base64.getEncoder()
                .encodeToString(
                    (encoded(CLIENT) + ":" + encoded(SECRET)).getBytes(StandardCharsets.UTF_8));
    if (!expected.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      return "client authentication";
    }
    if (!"authorization_code".equals(form.get("grant_type"))) {
      return "grant_type";
    }
    if (grant == null) {
      return "code";
    }
    if (!grant.request().get("redirect_uri").equals(form.get("redirect_uri"))) {
      return "redirect_uri";
    }
    return grant.request().get("code_challenge").equals(challenge(form.get("code_verifier")))
        ? null
        : "code_verifier";
  }

  private static String encoded(String text) {
    return java.net.URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String challenge(String verifier) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(digest.digest(String.valueOf(verifier).getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException(missing);
    }
  }

  private String idToken(Grant grant) throws JOSEException {
    var claims =
        new JWTClaimsSet.Builder()
            .issuer(issuer())
            .audience(CLIENT)
            .issueTime(new Date())
            .expirationTime(Date.from(Instant.now().plusSeconds(300)))
            .claim("nonce", grant.request().get("nonce"));
    grant.claims().forEach(claims::claim);
    var jwt =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(kid).build(),
            lie.apply(claims).build());
    jwt.sign(new RSASSASigner(signingKey));
    return tampering.apply(jwt.serialize());
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError("the authorization request has a bad " + what);
    }
  }

  private static Map<String, String> parameters(String query) {
    var found = new HashMap<String, String>();
    for (var pair : query.split("&")) {
      var parts = pair.split("=", 2);
      found.put(
          parts[0], URLDecoder.decode(parts.length == 2 ? parts[1] : "", StandardCharsets.UTF_8));
    }
    return found;
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    try (var out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  /** Reaches this provider although it is on this machine, and nothing else. */
  @Override
  public HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
    if (!request.uri().toString().startsWith(issuer() + "/")) {
      throw new IOException("nothing else may be reached: " + request.uri());
    }
    return HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray());
  }

  @Override
  public void check(String field, String url) {
    throw new IllegalStateException("nothing is checked at save time");
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
