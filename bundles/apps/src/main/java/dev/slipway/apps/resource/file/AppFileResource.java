package dev.slipway.apps.resource.file;

import dev.slipway.api.Caller;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.BodyLimit;
import dev.slipway.api.rest.Op;
import dev.slipway.api.rest.PublicOp;
import dev.slipway.api.spi.RestResource;
import dev.slipway.apps.file.AppFiles;
import dev.slipway.apps.resource.file.AppFilePayloads.AppliedAnswer;
import dev.slipway.apps.resource.file.AppFilePayloads.PlanAnswer;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Apps as files. */
@Component(service = RestResource.class)
@Path("/api/apps")
public final class AppFileResource implements RestResource {
  private static final String YAML = "application/yaml";
  private static final long LARGEST = 256L * 1024;

  private final AppFiles files;

  /** Made by the component runtime. */
  @Activate
  public AppFileResource(@Reference AppFiles files) {
    this.files = files;
  }

  @GET
  @Path("file-schema")
  @PublicOp(
      value = "apps.file.schema",
      reason = "it tells the form of files and nothing of any app",
      summary = "Publish the JSON Schema of files that describe apps")
  public Map<String, @Nullable Object> schema() {
    return files.schema();
  }

  @GET
  @Path("{appId}/export")
  @Produces(YAML)
  @Op(
      value = "apps.file.export",
      access = Access.TENANT,
      summary = "Write an app as a YAML file, secrets by name only")
  public String export(@Context Caller caller, @PathParam("appId") UUID appId) {
    return files.export(caller, appId);
  }

  @POST
  @Path("plan")
  @Consumes(YAML)
  @BodyLimit(LARGEST)
  @Op(
      value = "apps.file.plan",
      access = Access.TENANT,
      summary = "Tell what applying a file would change",
      errors = {"400 no YAML, or a key or value that does not fit", "413 over the limit"})
  public PlanAnswer plan(@Context Caller caller, InputStream file) throws IOException {
    return PlanAnswer.of(files.plan(caller, file.readAllBytes()));
  }

  @POST
  @Path("apply")
  @Consumes(YAML)
  @BodyLimit(LARGEST)
  @Op(
      value = "apps.file.apply",
      access = Access.TENANT,
      summary = "Bring an app to what a file says, all or nothing",
      errors = {
        "400 no YAML, or a key or value that does not fit",
        "403 only an admin takes the protection of an environment away",
        "409 changed since the plan, or something stands in the way",
        "413 over the limit"
      })
  public AppliedAnswer apply(
      @Context Caller caller,
      @QueryParam("fingerprint")
          @NotNull
          @Pattern(regexp = "[0-9a-f]{64}", message = "must be that of a plan")
          String fingerprint,
      InputStream file)
      throws IOException {
    return AppliedAnswer.of(files.apply(caller, file.readAllBytes(), fingerprint));
  }
}
