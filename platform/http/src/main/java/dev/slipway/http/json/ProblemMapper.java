package dev.slipway.http.json;

import dev.slipway.api.CommonError;
import dev.slipway.api.FieldError;
import dev.slipway.api.PlatformException;
import dev.slipway.data.ConstraintViolation;
import dev.slipway.http.request.Exchange;
import dev.slipway.http.route.Router;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.glassfish.jersey.server.ParamException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns whatever a request failed with into problem+json; the text of an unexpected exception stays
 * in the log.
 */
public final class ProblemMapper implements ExceptionMapper<Throwable> {
  private static final Logger LOG = LoggerFactory.getLogger(ProblemMapper.class);

  private final Supplier<Router> router;

  /**
   * Asks the router which bundle would serve an unknown path; it is complete only after its first
   * application.
   */
  public ProblemMapper(Supplier<Router> router) {
    this.router = router;
  }

  @Override
  public Response toResponse(Throwable failure) {
    return switch (failure) {
      case PlatformException refusal -> answer(refusal);
      case ParamException bad ->
          answer(CommonError.INVALID.of().withField(bad.getParameterName(), message(bad)));
      case NotFoundException unknown -> unknownPath();
      case WebApplicationException standard -> standard(standard);
      case ConstraintViolation clash -> {
        LOG.warn("constraint {} was not answered by its feature", clash.constraint());
        yield problem("request.conflict", 409, "The change clashes with another one.", null);
      }
      default -> unexpected(failure);
    };
  }

  private Response unknownPath() {
    var exchange = Exchange.current();
    return router
        .get()
        .absentOwner(exchange.verb(), exchange.path())
        .map(
            id ->
                problem(
                    "plugin.disabled",
                    503,
                    "The bundle " + id + " is disabled.",
                    Duration.ofSeconds(5)))
        .orElseGet(() -> noRoute(exchange));
  }

  /** A client that asks too early must not conclude that what it asks for does not exist. */
  private Response noRoute(Exchange exchange) {
    if (router.get().starting()) {
      return problem("platform.starting", 503, "The platform is starting.", Duration.ofSeconds(1));
    }
    return exchange.isOutrun(router.get())
        ? problem("platform.changing", 503, "Features have just changed.", Duration.ofSeconds(1))
        : problem("request.no-route", 404, "There is no such address.", null);
  }

  private static Response standard(WebApplicationException failure) {
    var status = failure.getResponse().getStatus();
    if (status >= 500) {
      return unexpected(failure);
    }
    var code =
        switch (status) {
          case 405 -> "request.method";
          case 406 -> "request.not-acceptable";
          case 415 -> CommonError.MEDIA_TYPE.code();
          default -> CommonError.INVALID.code();
        };
    var text =
        switch (status) {
          case 405 -> "This address does not serve that method.";
          case 406 -> "No representation suits the Accept header.";
          case 415 -> "The body has no media type that this operation reads.";
          default -> "The request is not valid.";
        };
    var answer = Response.fromResponse(problem(code, status, text, null));
    var allow = failure.getResponse().getHeaderString("Allow");
    return allow == null ? answer.build() : answer.header("Allow", allow).build();
  }

  private static Response unexpected(Throwable failure) {
    var exchange = Exchange.current();
    LOG.error("request {} failed", exchange.requestId(), failure);
    return answer(CommonError.INTERNAL.of());
  }

  private static Response answer(PlatformException refusal) {
    var requestId = Exchange.current().requestId();
    var problem =
        Problem.of(refusal.code(), refusal.getMessage(), refusal.fields(), requestId)
            .with(refusal.members());
    var answer = Response.status(problem.status()).entity(problem).type(Problem.MEDIA_TYPE);
    if (problem.status() == 401) {
      answer.header("WWW-Authenticate", "Bearer");
    }
    var wait = refusal.retryAfter();
    return wait == null ? answer.build() : answer.header("Retry-After", seconds(wait)).build();
  }

  private static Response problem(
      String code, int status, String message, @Nullable Duration retryAfter) {
    var requestId = Exchange.current().requestId();
    var answer =
        Response.status(status)
            .entity(Problem.of(code, status, message, List.<FieldError>of(), requestId))
            .type(Problem.MEDIA_TYPE);
    return retryAfter == null
        ? answer.build()
        : answer.header("Retry-After", seconds(retryAfter)).build();
  }

  private static long seconds(Duration wait) {
    return Math.max(1, (wait.toMillis() + 999) / 1000);
  }

  private static String message(ParamException bad) {
    var cause = bad.getCause();
    if (cause instanceof PlatformException own && !own.fields().isEmpty()) {
      return own.fields().getFirst().message();
    }
    return cause instanceof NumberFormatException ? "must be a whole number" : "is not valid";
  }
}
