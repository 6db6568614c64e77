package dev.slipway.http.resource;

import dev.slipway.api.platform.Platform;
import dev.slipway.api.rest.PublicOp;
import dev.slipway.api.spi.HealthCheck;
import dev.slipway.api.spi.RestResource;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Whether the process runs, and whether it is ready to serve. */
@Path("/")
public final class HealthResource implements RestResource {
  private final Platform platform;
  private final Supplier<List<HealthCheck>> checks;

  /** Asks the checks that are registered at the time. */
  public HealthResource(Platform platform, Supplier<List<HealthCheck>> checks) {
    this.platform = platform;
    this.checks = checks;
  }

  /** The version, and where streams can be had by gRPC. */
  @GET
  @Path("api/version")
  @PublicOp(
      value = "platform.version.read",
      reason = "names nothing but the release and a listener that says who may call it",
      summary = "Report the application version")
  public Version version() {
    return new Version(platform.version(), GrpcUrl.of(platform));
  }

  /** For load balancers. */
  @GET
  @Path("health")
  @Produces(MediaType.APPLICATION_JSON)
  @PublicOp(
      value = "platform.health.read",
      reason = "load balancers have no credential",
      summary = "Report liveness to load balancers",
      errors = "503 the database does not answer")
  public Response health() {
    var database =
        checks.get().stream()
            .filter(check -> check.name().equals("database"))
            .allMatch(check -> check.check().ok());
    return database
        ? Response.ok(new Status("ok")).build()
        : Response.status(503).entity(new Status("unhealthy")).build();
  }

  /** The process runs; asks nobody. */
  @GET
  @Path("health/live")
  @PublicOp(
      value = "platform.health.live",
      reason = "supervisors have no credential",
      summary = "Tell whether the process runs")
  public Status live() {
    return new Status("ok");
  }

  /** All parts are ready. */
  @GET
  @Path("health/ready")
  @Produces(MediaType.APPLICATION_JSON)
  @PublicOp(
      value = "platform.health.ready",
      reason = "load balancers have no credential",
      summary = "Tell whether every required part is ready",
      errors = "503 some check failing")
  public Response ready() {
    var found =
        checks.get().stream()
            .map(check -> Check.of(check.name(), check.check()))
            .sorted(java.util.Comparator.comparing(Check::name))
            .toList();
    var ok = found.stream().allMatch(check -> check.status().equals("ok"));
    return Response.status(ok ? 200 : 503)
        .entity(new Readiness(ok ? "ok" : "unhealthy", found))
        .build();
  }

  /**
   * Version of the platform.
   *
   * @param grpcUrl where clients reach the gRPC listener; null where that is not known
   */
  public record Version(String version, @Nullable String grpcUrl) {}

  /** {@code ok} or {@code unhealthy}. */
  public record Status(String status) {}

  /** All checks. */
  public record Readiness(String status, List<Check> checks) {}

  /** One check. */
  public record Check(String name, String status, String detail) {
    static Check of(String name, HealthCheck.Health health) {
      return new Check(name, health.ok() ? "ok" : "failing", health.detail());
    }
  }
}
