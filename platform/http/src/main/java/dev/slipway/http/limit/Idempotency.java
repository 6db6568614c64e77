package dev.slipway.http.limit;

import dev.slipway.api.Caller;
import dev.slipway.api.CommonError;
import dev.slipway.api.ErrorCode;
import dev.slipway.api.ErrorKind;
import dev.slipway.api.Ids;
import dev.slipway.api.PlatformException;
import dev.slipway.api.rest.BodyLimit;
import dev.slipway.api.rest.Op;
import dev.slipway.http.json.JsonBodies;
import dev.slipway.http.request.Exchange;
import dev.slipway.http.route.Route;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers a repeated POST or PATCH with what the first one was answered. The key is claimed before
 * the work and kept for a day, its answer sealed; a claim that its node does not renew any more (a
 * crash) is given up after a minute.
 */
@Priority(Priorities.AUTHORIZATION)
public final class Idempotency implements ContainerRequestFilter, ContainerResponseFilter {
  /** How long answers are kept. */
  public static final Duration KEPT = Duration.ofHours(24);

  /** Where the key stands. */
  public static final String HEADER = "Idempotency-Key";

  /** Most characters of a key. */
  public static final int LONGEST_KEY = 255;

  private static final Logger LOG = LoggerFactory.getLogger(Idempotency.class);
  private static final Set<String> VERBS = Set.of("POST", "PATCH");

  private static final String CLAIM = "slipway.idempotency";

  private final KeyedRequests requests;

  /** Asks for keys and answers there. */
  public Idempotency(KeyedRequests requests) {
    this.requests = requests;
  }

  /**
   * Whether a key counts for an operation. The answer of one that shows a stored secret is kept
   * nowhere; asked again it shows it again, and is audited again. One that shows a secret as it is
   * made can not show it again, so its answer is kept.
   */
  public static boolean heeds(Route route) {
    var operation = route.method().getAnnotation(Op.class);
    return VERBS.contains(route.verb()) && (operation == null || !operation.audited());
  }

  @Override
  public void filter(ContainerRequestContext context) throws IOException {
    var key = context.getHeaderString(HEADER);
    var exchange = Exchange.current();
    var caller = exchange.caller();
    var bound = exchange.bound();
    if (key == null || caller == null || bound == null || !heeds(bound.route())) {
      return;
    }
    if (caller.userId() == null && caller.apiKeyId() == null) {
      return;
    }
    if (key.isBlank() || key.length() > LONGEST_KEY) {
      throw CommonError.INVALID.of().withField(HEADER, "must have 1 to 255 characters");
    }
    // Uploads are too large to hash before the work; there the key alone decides.
    var large = bound.route().method().isAnnotationPresent(BodyLimit.class);
    var hash = hash(context, large);
    var now = Instant.now();
    var claim =
        new Remembered(
            Ids.next(),
            holder(caller),
            bound.route().operation(),
            key,
            hash,
            null,
            null,
            null,
            now,
            now);
    if (requests.claim(claim)) {
      exchange.atEnd(() -> requests.ended(claim.id()));
      context.setProperty(CLAIM, claim);
      return;
    }
    repeat(context, claim);
  }

  private void repeat(ContainerRequestContext context, Remembered claim) throws IOException {
    var known = requests.find(claim);
    if (known == null) {
      throw Refusal.IN_FLIGHT.of().retryAfter(Duration.ofSeconds(1));
    }
    if (!known.requestHash().equals(claim.requestHash())) {
      throw Refusal.OTHER_BODY.at(HEADER);
    }
    var status = known.status();
    if (status == null) {
      requests.abandon(known);
      throw Refusal.IN_FLIGHT.of().retryAfter(Duration.ofSeconds(1));
    }
    var answer = Response.status(status).header("Idempotent-Replayed", "true");
    var body = requests.body(known);
    if (body != null) {
      answer.entity(body.getBytes(StandardCharsets.UTF_8)).type(known.mediaType());
    }
    context.abortWith(answer.build());
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (!(request.getProperty(CLAIM) instanceof Remembered claim)) {
      return;
    }
    try {
      answered(claim, response);
    } catch (PlatformException failure) {
      // What was done, or refused, is so whether it is remembered or not; the claim is given up in
      // time.
      LOG.warn(
          "the answer to a key of {} is not kept: {}", claim.operation(), failure.getMessage());
    }
  }

  private void answered(Remembered claim, ContainerResponseContext response) {
    var entity = response.getEntity();
    var status = response.getStatus();
    // A broken connection is what keys are for: the next attempt may bring the whole body.
    var again = status >= 500 || status >= 400 && Exchange.current().isCutOff();
    if (again || entity != null && !(entity instanceof Record)) {
      requests.release(claim.id());
      return;
    }
    var body = entity == null ? null : JsonBodies.write(entity);
    var type = response.getHeaderString(HttpHeaders.CONTENT_TYPE);
    var media = type == null ? "application/json" : type;
    requests.answered(claim.id(), status, media, body);
  }

  private static String holder(Caller caller) {
    var who = caller.userId() == null ? caller.apiKeyId() : caller.userId();
    return who + "/" + (caller.membership() == null ? "" : caller.tenantId());
  }

  private static String hash(ContainerRequestContext context, boolean large) throws IOException {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update(
          context.getUriInfo().getRequestUri().toString().getBytes(StandardCharsets.UTF_8));
      if (!large) {
        var body = context.getEntityStream().readAllBytes();
        digest.update(body);
        context.setEntityStream(new ByteArrayInputStream(body));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("SHA-256 is part of every JDK", missing);
    }
  }

  private enum Refusal implements ErrorCode {
    IN_FLIGHT(
        "request.idempotency-in-flight",
        ErrorKind.CONFLICT,
        "A request with this Idempotency-Key is still being worked on."),
    OTHER_BODY(
        "request.idempotency-mismatch",
        ErrorKind.UNPROCESSABLE,
        "This Idempotency-Key was used for another request.");

    private final String code;
    private final ErrorKind kind;
    private final String message;

    Refusal(String code, ErrorKind kind, String message) {
      this.code = code;
      this.kind = kind;
      this.message = message;
    }

    @Override
    public String code() {
      return code;
    }

    @Override
    public ErrorKind kind() {
      return kind;
    }

    @Override
    public String message() {
      return message;
    }
  }
}
