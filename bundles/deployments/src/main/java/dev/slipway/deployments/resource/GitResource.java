package dev.slipway.deployments.resource;

import dev.slipway.api.CommonError;
import dev.slipway.api.rest.BodyLimit;
import dev.slipway.api.rest.PublicOp;
import dev.slipway.api.spi.RestResource;
import dev.slipway.deployments.source.GitServer;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.InputStream;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * What git asks for when an agent clones an app's source: the smart protocol, for reading alone.
 * Its answers are git's own, so they are built by hand; git sends its token only after a 401 that
 * asks for a basic authentication.
 */
@Component(service = RestResource.class)
@Path("/git/{appId}.git")
public final class GitResource implements RestResource {
  private static final String REASON = "a token for this one repository is the password";
  private static final String TYPE = "application/x-git-upload-pack-";
  private static final long LARGEST = 1024 * 1024;

  private final GitServer git;

  @Activate
  public GitResource(@Reference GitServer git) {
    this.git = git;
  }

  @GET
  @Path("info/refs")
  @PublicOp(
      value = "deployments.git.advertise",
      reason = REASON,
      summary = "Tell git which branches an app's repository has",
      errors = {"401 no token for this repository", "403 not a service for reading"})
  public Response refs(
      @PathParam("appId") UUID appId,
      @QueryParam("service") @Nullable String service,
      @HeaderParam("Authorization") @Nullable String authorization,
      @HeaderParam("Git-Protocol") @Nullable String protocol) {
    if (!git.mayRead(appId, authorization)) {
      return unauthorized();
    }
    if (!GitServer.SERVICE.equals(service)) {
      throw CommonError.FORBIDDEN.of("the repository can only be read");
    }
    StreamingOutput body = out -> git.advertise(appId, protocol, out);
    return answer(body, "advertisement");
  }

  @POST
  @Path("git-upload-pack")
  @Consumes("application/x-git-upload-pack-request")
  @BodyLimit(LARGEST)
  @PublicOp(
      value = "deployments.git.fetch",
      reason = REASON,
      summary = "Send git the commits that it lacks",
      errors = "401 no token for this repository")
  public Response fetch(
      @PathParam("appId") UUID appId,
      @HeaderParam("Authorization") @Nullable String authorization,
      @HeaderParam("Git-Protocol") @Nullable String protocol,
      @HeaderParam("Content-Encoding") @Nullable String encoding,
      InputStream request) {
    if (!git.mayRead(appId, authorization)) {
      return unauthorized();
    }
    StreamingOutput body =
        out -> git.serve(appId, protocol, "gzip".equalsIgnoreCase(encoding), request, out);
    return answer(body, "result");
  }

  private static Response answer(StreamingOutput body, String kind) {
    return Response.ok(body)
        .type(TYPE + kind)
        .header(HttpHeaders.CACHE_CONTROL, "no-cache")
        .build();
  }

  private static Response unauthorized() {
    return Response.status(Response.Status.UNAUTHORIZED)
        .header(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"slipway\"")
        .build();
  }
}
