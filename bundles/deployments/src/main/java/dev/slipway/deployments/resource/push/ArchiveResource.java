package dev.slipway.deployments.resource.push;

import dev.slipway.api.Caller;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.BodyLimit;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import dev.slipway.deployments.resource.DeploymentPayloads;
import dev.slipway.deployments.resource.DeploymentPayloads.ArchiveAnswer;
import dev.slipway.deployments.source.Archives;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import java.io.InputStream;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Uploaded folders. */
@Component(service = RestResource.class)
@Path("/api/apps/{appId}/source-archives")
public final class ArchiveResource implements RestResource {
  private static final long LARGEST = 256L * 1024 * 1024;

  private final Archives archives;

  @Activate
  public ArchiveResource(@Reference Archives archives) {
    this.archives = archives;
  }

  @POST
  @Consumes("application/gzip")
  @BodyLimit(LARGEST)
  @Op(
      value = "deployments.archive.create",
      access = Access.TENANT,
      bound = "appId",
      summary = "Upload a folder as the next source version",
      status = 201,
      errors = {
        "400 not a gzipped tar, or an entry with an absolute path, a link out of the tree or a device",
        "409 app is being deleted",
        "413 over the limit"
      })
  public ArchiveAnswer create(
      @Context Caller caller,
      @PathParam("appId") UUID appId,
      @QueryParam("message")
          @Size(max = 1000)
          @Pattern(regexp = DeploymentPayloads.TEXT, message = DeploymentPayloads.NO_TEXT)
          @Nullable String message,
      InputStream archive) {
    return ArchiveAnswer.of(archives.add(caller, appId, archive, message));
  }
}
