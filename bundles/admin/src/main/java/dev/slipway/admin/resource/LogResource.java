package dev.slipway.admin.resource;

import dev.slipway.admin.LogEntry;
import dev.slipway.admin.resource.LogPayloads.Logs;
import dev.slipway.admin.service.SystemLog;
import dev.slipway.admin.store.LogFilter;
import dev.slipway.api.CommonError;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The system log. */
@Component(service = RestResource.class)
@Path("/api/admin/logs")
public final class LogResource implements RestResource {
  private static final Set<String> SEVERITIES =
      Arrays.stream(LogEntry.Severity.values())
          .map(severity -> severity.name().toLowerCase(Locale.ROOT))
          .collect(Collectors.toUnmodifiableSet());

  private final SystemLog log;

  @Activate
  public LogResource(@Reference SystemLog log) {
    this.log = log;
  }

  @GET
  @Op(
      value = "admin.log.list",
      access = Access.ROOT_ADMIN,
      summary = "Page through the system log, newest first; audited where links of mails are shown",
      audited = true)
  public Logs list(
      @QueryParam("page") @DefaultValue("1") @Min(1) @Max(10_000) int page,
      @QueryParam("perPage") @DefaultValue("50") @Min(1) @Max(100) int perPage,
      @QueryParam("severity") @Size(max = 100) @Nullable String severity,
      @QueryParam("userId") @Nullable UUID userId,
      @QueryParam("search") @Size(max = 200) @Nullable String search) {
    var words = search == null || search.isBlank() ? null : search;
    var filter = new LogFilter(severities(severity), userId, words);
    return Logs.of(log.list(filter, perPage, (page - 1) * perPage));
  }

  private static String @Nullable [] severities(@Nullable String csv) {
    if (csv == null || csv.isBlank()) {
      return null;
    }
    var wanted = Arrays.stream(csv.split(",")).map(String::strip).distinct().toList();
    if (!SEVERITIES.containsAll(wanted)) {
      throw CommonError.INVALID
          .of()
          .withField("severity", "must be some of critical, high, medium, low, debug");
    }
    return wanted.toArray(String[]::new);
  }
}
