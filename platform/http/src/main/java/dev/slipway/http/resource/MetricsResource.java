package dev.slipway.http.resource;

import dev.slipway.api.CommonError;
import dev.slipway.api.platform.Platform;
import dev.slipway.api.rest.PublicOp;
import dev.slipway.api.spi.RestResource;
import dev.slipway.http.request.Exchange;
import dev.slipway.telemetry.Metrics;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** The platform's own metrics, for loopback scrapers or those that hold the scrape token. */
@Path("/metrics")
public final class MetricsResource implements RestResource {
  private final Metrics metrics;
  private final @Nullable String token;

  /** Reads the scrape token from the setting {@code slipway.metrics.token}. */
  public MetricsResource(Metrics metrics, Platform platform) {
    this.metrics = metrics;
    token = platform.setting("slipway.metrics.token");
  }

  /** All metrics. */
  @GET
  @Produces("text/plain; version=0.0.4")
  @PublicOp(
      value = "platform.metrics.read",
      reason = "open to loopback only, or guarded by the scrape token",
      summary = "Expose the platform's own metrics for Prometheus",
      errors = "401 scrape token wrong")
  public Response scrape(
      @HeaderParam("Accept") @Nullable String accept,
      @HeaderParam("Authorization") @Nullable String authorization) {
    if (!allowed(authorization)) {
      throw CommonError.UNAUTHENTICATED.of();
    }
    StreamingOutput body = out -> metrics.write(accept, out);
    return Response.ok(body, metrics.contentType(accept)).build();
  }

  private boolean allowed(@Nullable String authorization) {
    if (token != null) {
      var given = authorization == null ? "" : authorization;
      return MessageDigest.isEqual(
          given.getBytes(StandardCharsets.UTF_8),
          ("Bearer " + token).getBytes(StandardCharsets.UTF_8));
    }
    // A proxy on this machine comes from loopback too, on behalf of whoever asked it.
    return Exchange.current().isLocal();
  }
}
