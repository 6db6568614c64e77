package dev.slipway.deployments.resource.overview;

import dev.slipway.api.Caller;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import dev.slipway.deployments.service.overview.Comparisons;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Two deployments side by side. */
@Component(service = RestResource.class)
@Path("/api/observability/deployment-diffs")
public final class ComparisonResource implements RestResource {
  private final Comparisons comparisons;

  @Activate
  public ComparisonResource(@Reference Comparisons comparisons) {
    this.comparisons = comparisons;
  }

  /** Two deployments side by side. */
  public record DiffAnswer(Comparisons.Diff diff) {}

  @GET
  @Op(
      value = "deployments.deployment.diff",
      access = Access.TENANT,
      summary = "Compare two deployments",
      errors = "404 either deployment unknown to tenant")
  public DiffAnswer diff(
      @Context Caller caller,
      @QueryParam("from") @NotNull @Nullable UUID from,
      @QueryParam("to") @NotNull @Nullable UUID to) {
    return new DiffAnswer(
        comparisons.diff(caller, Objects.requireNonNull(from), Objects.requireNonNull(to)));
  }
}
