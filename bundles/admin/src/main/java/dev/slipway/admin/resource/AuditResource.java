package dev.slipway.admin.resource;

import dev.slipway.admin.resource.LogPayloads.Audit;
import dev.slipway.admin.resource.LogPayloads.Verification;
import dev.slipway.api.platform.Json;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.security.AuditLog;
import dev.slipway.api.spi.RestResource;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Who did what on the platform. */
@Component(service = RestResource.class)
@Path("/api/admin/audit")
public final class AuditResource implements RestResource {
  private final AuditLog audit;
  private final Json json;

  @Activate
  public AuditResource(@Reference AuditLog audit, @Reference Json json) {
    this.audit = audit;
    this.json = json;
  }

  @GET
  @Op(
      value = "admin.audit.list",
      access = Access.ROOT_ADMIN,
      summary = "Page through the audit log, newest first")
  public Audit list(
      @QueryParam("action") @Size(max = 200) @Nullable String action,
      @QueryParam("tenantId") @Nullable UUID tenantId,
      @QueryParam("userId") @Nullable UUID userId,
      @QueryParam("cursor") @Nullable UUID cursor,
      @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit) {
    var filter = new AuditLog.Filter(action, tenantId, userId);
    return Audit.of(audit.page(filter, cursor, limit), limit);
  }

  @GET
  @Path("export")
  @Produces("application/x-ndjson")
  @Op(
      value = "admin.audit.export",
      access = Access.ROOT_ADMIN,
      summary = "Export the audit log as JSON lines, oldest first")
  public StreamingOutput export(
      @QueryParam("from") @Nullable Instant from, @QueryParam("to") @Nullable Instant to) {
    var begin = Objects.requireNonNullElse(from, Instant.EPOCH);
    var end = Objects.requireNonNullElseGet(to, Instant::now);
    return out -> audit.export(begin, end, entry -> write(out, entry));
  }

  private void write(OutputStream out, AuditLog.Entry entry) {
    try {
      out.write((json.write(entry) + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  @GET
  @Path("verification")
  @Op(
      value = "admin.audit.verify",
      access = Access.ROOT_ADMIN,
      summary = "Compute the audit log's chain of hashes anew")
  public Verification verify() {
    return Verification.of(audit.verify());
  }
}
