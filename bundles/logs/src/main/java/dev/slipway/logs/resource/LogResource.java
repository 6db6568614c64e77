package dev.slipway.logs.resource;

import dev.slipway.api.Caller;
import dev.slipway.api.CommonError;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.rest.Sse;
import dev.slipway.api.spi.RestResource;
import dev.slipway.logs.Level;
import dev.slipway.logs.service.LogService;
import dev.slipway.logs.store.Selection;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The live log of an app. */
@Path("/api/apps/{appId}/logs")
@Component(service = RestResource.class)
public final class LogResource implements RestResource {
  private static final Set<String> LEVELS =
      Arrays.stream(Level.values())
          .map(level -> level.name().toLowerCase(Locale.ROOT))
          .collect(Collectors.toUnmodifiableSet());

  private final LogService service;

  @Activate
  public LogResource(@Reference LogService service) {
    this.service = service;
  }

  @GET
  @Path("stream")
  @Op(value = "logs.line.stream", access = Access.TENANT, summary = "Follow the live log of an app")
  public Sse stream(
      @Context Caller caller,
      @PathParam("appId") UUID appId,
      @QueryParam("tail") @DefaultValue("200") @Min(0) @Max(2000) int tail,
      @QueryParam("level") @Nullable String level,
      @QueryParam("container") @Nullable String container,
      @QueryParam("process") @Size(max = 63) @Nullable String process,
      @QueryParam("since") @Nullable Instant since,
      @HeaderParam("Last-Event-ID") @Nullable String lastEventId) {
    var selection = new Selection(levels(level), container, process, since, 0, 1);
    return service.follow(caller, appId, selection, tail, lastEventId);
  }

  private static List<String> levels(@Nullable String csv) {
    if (csv == null || csv.isBlank()) {
      return List.of();
    }
    var levels = Arrays.stream(csv.split(",")).map(String::trim).distinct().toList();
    if (!LEVELS.containsAll(levels)) {
      throw CommonError.INVALID
          .of()
          .withField("level", "must be some of trace, debug, info, warn, error, fatal");
    }
    return levels;
  }
}
