package dev.slipway.deployments.resource.push;

import dev.slipway.api.Caller;
import dev.slipway.api.CommonError;
import dev.slipway.api.ErrorKind;
import dev.slipway.api.PlatformException;
import dev.slipway.api.rest.BodyLimit;
import dev.slipway.api.rest.PublicOp;
import dev.slipway.api.security.BasicAuthentication;
import dev.slipway.api.spi.RestResource;
import dev.slipway.deployments.service.push.GitPushes;
import dev.slipway.deployments.source.GitReceiver;
import dev.slipway.deployments.source.GitServer;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * What git asks for when an agent clones an app's source, and when somebody pushes to it: the smart
 * protocol. Its answers are git's own, so they are built by hand; git sends its password only after
 * a 401 that asks for a basic authentication, and shows a refusal only where that is plain text.
 */
@Component(service = RestResource.class)
@Path("/git/{appId}.git")
public final class GitResource implements RestResource {
  private static final String REASON =
      "git signs in with basic authentication: a token for this one repository, an API key, a"
          + " deploy token or an access token is the password";
  private static final String TYPE = "application/x-";
  private static final long LARGEST_REQUEST = 1024 * 1024;

  /** What is too large for us is read all the same, so that git hears why it was refused. */
  private static final long LARGEST_PUSH = 16 * GitReceiver.LARGEST;

  private final GitServer git;
  private final GitPushes pushes;
  private final BasicAuthentication callers;

  @Activate
  public GitResource(
      @Reference GitServer git,
      @Reference GitPushes pushes,
      @Reference BasicAuthentication callers) {
    this.git = git;
    this.pushes = pushes;
    this.callers = callers;
  }

  @GET
  @Path("info/refs")
  @PublicOp(
      value = "deployments.git.advertise",
      reason = REASON,
      summary = "Tell git which branches an app's repository has",
      errors = {
        "401 no credential for this repository",
        "403 neither a service for reading nor one for writing",
        "409 the app takes no pushes",
        "413 the app keeps as much source as it may"
      })
  public Response refs(
      @Context Caller request,
      @PathParam("appId") UUID appId,
      @QueryParam("service") @Nullable String service,
      @HeaderParam("Authorization") @Nullable String authorization,
      @HeaderParam("Git-Protocol") @Nullable String protocol) {
    return answered(
        () -> {
          if (GitReceiver.SERVICE.equals(service)) {
            var caller = callers.authenticate(request, authorization, appId);
            pushes.requirePusher(caller, appId);
            StreamingOutput body = out -> pushes.advertise(caller, appId, out);
            return answer(body, service, "advertisement");
          }
          requireReader(request, appId, authorization);
          if (!GitServer.SERVICE.equals(service)) {
            throw CommonError.FORBIDDEN.of("there is no such service");
          }
          StreamingOutput body = out -> git.advertise(appId, protocol, out);
          return answer(body, service, "advertisement");
        });
  }

  @POST
  @Path("git-upload-pack")
  @Consumes("application/x-git-upload-pack-request")
  @BodyLimit(LARGEST_REQUEST)
  @PublicOp(
      value = "deployments.git.fetch",
      reason = REASON,
      summary = "Send git the commits that it lacks",
      errors = "401 no credential for this repository")
  public Response fetch(
      @Context Caller request,
      @PathParam("appId") UUID appId,
      @HeaderParam("Authorization") @Nullable String authorization,
      @HeaderParam("Git-Protocol") @Nullable String protocol,
      @HeaderParam("Content-Encoding") @Nullable String encoding,
      InputStream body) {
    return answered(
        () -> {
          requireReader(request, appId, authorization);
          StreamingOutput answer = out -> git.serve(appId, protocol, isGzip(encoding), body, out);
          return answer(answer, GitServer.SERVICE, "result");
        });
  }

  @POST
  @Path("git-receive-pack")
  @Consumes("application/x-git-receive-pack-request")
  @BodyLimit(LARGEST_PUSH)
  @PublicOp(
      value = "deployments.git.push",
      reason = REASON,
      summary = "Take commits from git, and deploy those of the deploy branch",
      errors = {
        "401 no credential for this repository",
        "409 the app takes no pushes",
        "413 the app keeps as much source as it may"
      })
  public Response push(
      @Context Caller request,
      @PathParam("appId") UUID appId,
      @HeaderParam("Authorization") @Nullable String authorization,
      @HeaderParam("Content-Encoding") @Nullable String encoding,
      InputStream body) {
    return answered(
        () -> {
          var caller = callers.authenticate(request, authorization, appId);
          pushes.requirePusher(caller, appId);
          StreamingOutput answer =
              out -> pushes.receive(caller, appId, unpacked(body, encoding), out);
          return answer(answer, GitReceiver.SERVICE, "result");
        });
  }

  private void requireReader(Caller request, UUID appId, @Nullable String authorization) {
    if (!git.mayRead(appId, authorization)) {
      pushes.requireReader(callers.authenticate(request, authorization, appId), appId);
      git.requireSource(appId);
    }
  }

  private static boolean isGzip(@Nullable String encoding) {
    return "gzip".equalsIgnoreCase(encoding);
  }

  private static InputStream unpacked(InputStream body, @Nullable String encoding)
      throws IOException {
    return isGzip(encoding) ? new GZIPInputStream(body) : body;
  }

  private static Response answer(StreamingOutput body, String service, String kind) {
    return Response.ok(body)
        .type(TYPE + service + "-" + kind)
        .header(HttpHeaders.CACHE_CONTROL, "no-cache")
        .build();
  }

  private static Response answered(Supplier<Response> work) {
    try {
      return work.get();
    } catch (PlatformException refused) {
      var kind = refused.code().kind();
      var answer =
          Response.status(kind.status())
              .type(MediaType.TEXT_PLAIN_TYPE)
              .entity(refused.getMessage() + "\n");
      return kind == ErrorKind.UNAUTHENTICATED
          ? answer.header(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"slipway\"").build()
          : answer.build();
    }
  }
}
