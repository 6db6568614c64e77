package dev.slipway.deployments.wire;

import dev.slipway.api.Caller;
import dev.slipway.api.CurrentOperation;
import dev.slipway.api.FieldError;
import dev.slipway.api.PlatformException;
import dev.slipway.api.event.Signals;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.rest.Sse;
import dev.slipway.deployments.service.deployment.DeploymentRequest;
import dev.slipway.deployments.service.deployment.DeploymentService;
import dev.slipway.deployments.service.overview.EventFeed;
import dev.slipway.deployments.service.overview.LogFeed;
import dev.slipway.deployments.service.overview.ProgressFeed;
import dev.slipway.logs.Logs;
import dev.slipway.proto.v1.DeployRequest;
import dev.slipway.proto.v1.DeployResponse;
import dev.slipway.proto.v1.DeploymentProgress;
import dev.slipway.proto.v1.DeploymentsGrpc;
import dev.slipway.proto.v1.Event;
import dev.slipway.proto.v1.FollowEventsRequest;
import dev.slipway.proto.v1.LogLine;
import dev.slipway.proto.v1.TailLogsRequest;
import dev.slipway.proto.v1.WatchDeploymentRequest;
import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * What clients call by gRPC: the operations of the REST API, by the same services. Each call has a
 * thread of its own, which may block.
 */
@Component(service = BindableService.class)
public final class DeploymentsGateway implements DeploymentsGrpc.AsyncService, BindableService {
  /** As long as an event stream over HTTP: then the credential is checked anew. */
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private static final Pattern COMMIT = Pattern.compile("[0-9a-fA-F]{7,40}");
  private static final int LONGEST_BRANCH = 200;
  private static final int LONGEST_IMAGE = 512;
  private static final int LONGEST_MESSAGE = 1_000;
  private static final int LONGEST_TAIL = 2_000;

  /** Refusals of streams speak of the header that HTTP has for it. */
  private static final String RESUME_HEADER = "Last-Event-ID";

  private final DeploymentService deployments;
  private final ProgressFeed progress;
  private final LogFeed log;
  private final EventFeed events;
  private final Logs logs;
  private final Signals signals;

  @Activate
  public DeploymentsGateway(
      @Reference DeploymentService deployments,
      @Reference ProgressFeed progress,
      @Reference LogFeed log,
      @Reference EventFeed events,
      @Reference Logs logs,
      @Reference Signals signals) {
    this.deployments = deployments;
    this.progress = progress;
    this.log = log;
    this.events = events;
    this.logs = logs;
    this.signals = signals;
  }

  @Override
  public ServerServiceDefinition bindService() {
    return DeploymentsGrpc.bindService(this);
  }

  @Override
  @Op(
      value = "deployments.deployment.create",
      access = Access.TENANT,
      summary = "Ship a new version of an app")
  public void deploy(DeployRequest request, StreamObserver<DeployResponse> out) {
    var wish = new Wish();
    var draft =
        new DeploymentRequest(
            wish.text("branch", request.getBranch(), LONGEST_BRANCH),
            wish.text(
                "commit_sha", request.getCommitSha(), COMMIT, "must be 7 to 40 hexadecimal digits"),
            wish.text("image", request.getImage(), LONGEST_IMAGE),
            wish.text("message", request.getMessage(), LONGEST_MESSAGE),
            new LinkedHashMap<>(request.getEnvOverridesMap()),
            request.getSkipCache(),
            wish.id("environment_id", request.getEnvironmentId()),
            wish.id("server_id", request.getServerId()));
    var app = wish.required("app_id", request.getAppId());
    var deployment = deployments.deploy(CurrentOperation.requireCaller(), app, draft);
    out.onNext(DeployResponse.newBuilder().setDeployment(Messages.deployment(deployment)).build());
    out.onCompleted();
  }

  @Override
  @Op(
      value = "deployments.progress.stream",
      access = Access.TENANT,
      summary = "Follow one named deployment live")
  public void watchDeployment(
      WatchDeploymentRequest request, StreamObserver<DeploymentProgress> out) {
    var id = new Wish().required("deployment_id", request.getDeploymentId());
    var caller = CurrentOperation.requireCaller();
    stream(
        from -> progress.follow(caller, deployments.get(caller, id), from),
        request.getResumeToken(),
        Messages::progress,
        out);
  }

  @Override
  @Op(
      value = "deployments.log.tail",
      access = Access.TENANT,
      summary = "Follow the log of a deployment or of an app live")
  public void tailLogs(TailLogsRequest request, StreamObserver<LogLine> out) {
    var wish = new Wish();
    var tail = wish.number("tail", request.getTail(), LONGEST_TAIL);
    var caller = CurrentOperation.requireCaller();
    Function<@Nullable String, Sse> source =
        switch (request.getSourceCase()) {
          case APP_ID -> {
            var app = wish.required("app_id", request.getAppId());
            yield from -> logs.follow(caller, app, tail, from);
          }
          case DEPLOYMENT_ID -> ofDeployment(caller, wish, request);
          case SOURCE_NOT_SET -> {
            wish.fault("source", "must be app_id or deployment_id");
            wish.check();
            throw new IllegalStateException("a fault was not refused");
          }
        };
    stream(source, request.getResumeToken(), Messages::line, out);
  }

  private Function<@Nullable String, Sse> ofDeployment(
      Caller caller, Wish wish, TailLogsRequest request) {
    if (request.getTail() != 0) {
      wish.fault("tail", "is for apps; the log of a deployment is told from its beginning");
    }
    var id = wish.required("deployment_id", request.getDeploymentId());
    return from -> log.follow(caller, id, from);
  }

  @Override
  @Op(
      value = "deployments.event.follow",
      access = Access.TENANT,
      summary = "Follow what happens to the tenant's apps and deployments live")
  public void followEvents(FollowEventsRequest request, StreamObserver<Event> out) {
    var wish = new Wish();
    UUID subject = wish.id("subject_id", request.getSubjectId());
    wish.check();
    var caller = CurrentOperation.requireCaller();
    stream(
        from -> events.follow(caller, request.getTypesList(), subject, from),
        request.getResumeToken(),
        Messages::event,
        out);
  }

  /** Writes a stream until it ends; sending waits for a client that reads slowly. */
  private <T> void stream(
      Function<@Nullable String, Sse> source,
      String resumeToken,
      Function<Sse.Event, T> message,
      StreamObserver<T> out) {
    try {
      var stream = source.apply(resumeToken.isEmpty() ? null : resumeToken);
      if (stream.follow(signals, LONGEST, event -> out.onNext(message.apply(event)))) {
        out.onCompleted();
      } else {
        out.onError(
            Status.UNAVAILABLE
                .withDescription("the stream is as old as one may get; go on with the last token")
                .asRuntimeException());
      }
    } catch (PlatformException refusal) {
      throw renamed(refusal);
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
    }
  }

  private static PlatformException renamed(PlatformException refusal) {
    return refusal.withFields(
        refusal.fields().stream()
            .map(
                fault ->
                    fault.field().equals(RESUME_HEADER)
                        ? new FieldError("resume_token", fault.message())
                        : fault)
            .toList());
  }
}
