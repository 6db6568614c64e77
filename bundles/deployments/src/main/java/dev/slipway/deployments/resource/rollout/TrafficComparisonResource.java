package dev.slipway.deployments.resource.rollout;

import dev.slipway.api.Caller;
import dev.slipway.api.CommonError;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import dev.slipway.deployments.resource.rollout.HealthPayloads.ComparisonAnswer;
import dev.slipway.deployments.service.rollout.TrafficComparisons;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import java.time.Duration;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The requests of two deployments side by side. */
@Component(service = RestResource.class)
@Path("/api/apps/{appId}/deployment-comparisons")
public final class TrafficComparisonResource implements RestResource {
  private static final Pattern WINDOW = Pattern.compile("([1-9]\\d{0,5})([smhd])");

  /** Requests are kept by route for so long. */
  private static final Duration LONGEST = Duration.ofDays(7);

  private final TrafficComparisons comparisons;

  @Activate
  public TrafficComparisonResource(@Reference TrafficComparisons comparisons) {
    this.comparisons = comparisons;
  }

  @GET
  @Op(
      value = "deployments.traffic.compare",
      access = Access.TENANT,
      summary = "Contrast route traffic of two deployments and advise on rollback")
  public ComparisonAnswer compare(
      @Context Caller caller,
      @PathParam("appId") UUID appId,
      @QueryParam("base") @Nullable UUID base,
      @QueryParam("candidate") @Nullable UUID candidate,
      @QueryParam("window") @DefaultValue("1h") String window) {
    return ComparisonAnswer.of(
        comparisons.compare(caller, appId, base, candidate, duration(window)));
  }

  private static Duration duration(String text) {
    var parts = WINDOW.matcher(text);
    if (parts.matches()) {
      var count = Long.parseLong(parts.group(1));
      var window =
          switch (parts.group(2)) {
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
          };
      if (window.compareTo(LONGEST) <= 0) {
        return window;
      }
    }
    throw CommonError.INVALID
        .of()
        .withField("window", "must be a time such as 30m or 1h, of at most 7d");
  }
}
