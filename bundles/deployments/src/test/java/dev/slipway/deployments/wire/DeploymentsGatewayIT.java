package dev.slipway.deployments.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.rpc.BadRequest;
import com.google.rpc.BadRequest.FieldViolation;
import com.google.rpc.ErrorInfo;
import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import dev.slipway.deployments.TestAgent;
import dev.slipway.deployments.TestDeployments;
import dev.slipway.fleet.CommandType;
import dev.slipway.grpc.GrpcServer;
import dev.slipway.proto.v1.DeployRequest;
import dev.slipway.proto.v1.DeploymentProgress;
import dev.slipway.proto.v1.DeploymentStatus;
import dev.slipway.proto.v1.DeploymentsGrpc;
import dev.slipway.proto.v1.DeploymentsGrpc.DeploymentsBlockingStub;
import dev.slipway.proto.v1.Event;
import dev.slipway.proto.v1.FollowEventsRequest;
import dev.slipway.proto.v1.LogLine;
import dev.slipway.proto.v1.TailLogsRequest;
import dev.slipway.proto.v1.WatchDeploymentRequest;
import dev.slipway.testkit.TestClient;
import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DeploymentsGatewayIT {
  static final Duration PATIENCE = Duration.ofSeconds(60);
  static TestDeployments test;
  static TestAgent agent;
  static GrpcServer server;
  static ManagedChannel channel;

  @BeforeAll
  static void start() throws Exception {
    test = new TestDeployments();
    agent = test.agent();
    test.platform.facts().set("slipway.grpc.port", "0");
    server = new GrpcServer(test.platform.facts(), test.platform.authenticator());
    server.addService(test.wiring().clients.gateway);
    channel = ManagedChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
  }

  @AfterAll
  static void stop() throws Exception {
    channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    server.close();
    test.close();
  }

  private static DeploymentsBlockingStub as(TestClient who) {
    var metadata = new Metadata();
    for (var name : List.of("Authorization", "X-Tenant-ID")) {
      var key = Metadata.Key.of(name.toLowerCase(), Metadata.ASCII_STRING_MARSHALLER);
      who.header(name).ifPresent(value -> metadata.put(key, value));
    }
    return DeploymentsGrpc.newBlockingStub(channel)
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata))
        .withDeadlineAfter(PATIENCE);
  }

  private static DeploymentsBlockingStub user() {
    return as(test.user);
  }

  /** Takes a stream to its end, beside the test. */
  private static <T> CompletableFuture<List<T>> all(Supplier<Iterator<T>> stream) {
    var found = new CompletableFuture<List<T>>();
    Thread.startVirtualThread(
        () -> {
          try {
            var list = new ArrayList<T>();
            stream.get().forEachRemaining(list::add);
            found.complete(list);
          } catch (RuntimeException failure) {
            found.completeExceptionally(failure);
          }
        });
    return found;
  }

  private static <T> List<T> await(CompletableFuture<List<T>> stream) throws Exception {
    test.until("the stream has ended", stream::isDone);
    return stream.get();
  }

  private static WatchDeploymentRequest watch(String deployment, String token) {
    return WatchDeploymentRequest.newBuilder()
        .setDeploymentId(deployment)
        .setResumeToken(token)
        .build();
  }

  private static StatusRuntimeException refused(Runnable call) {
    return catchThrowableOfType(StatusRuntimeException.class, call::run);
  }

  private static String reason(StatusRuntimeException refusal) throws Exception {
    return StatusProto.fromThrowable(refusal).getDetails(0).unpack(ErrorInfo.class).getReason();
  }

  private static List<String> fields(StatusRuntimeException refusal) throws Exception {
    assertThat(refusal.getStatus().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
    var details = StatusProto.fromThrowable(refusal).getDetails(1).unpack(BadRequest.class);
    return details.getFieldViolationsList().stream().map(FieldViolation::getField).toList();
  }

  @Test
  void deploymentIsWatchedToItsEndAndFromAnyPlace() throws Exception {
    var app = test.app(agent);
    var request = DeployRequest.newBuilder().setAppId(app.toString()).setMessage("by gRPC");
    var deployment = user().deploy(request.build()).getDeployment();
    assertThat(deployment.getAppId()).isEqualTo(app.toString());
    assertThat(deployment.getStatus())
        .isIn(
            DeploymentStatus.DEPLOYMENT_STATUS_PENDING,
            DeploymentStatus.DEPLOYMENT_STATUS_QUEUED,
            DeploymentStatus.DEPLOYMENT_STATUS_CLONING);
    var told = await(all(() -> user().watchDeployment(watch(deployment.getId(), ""))));
    assertThat(told.getLast().getPhase()).isEqualTo("done");
    assertThat(told.getLast().getStatus()).isEqualTo("succeeded");
    assertThat(told.getLast().getPercent()).isEqualTo(100);
    assertThat(told).extracting(DeploymentProgress::getSequence).isSorted().doesNotHaveDuplicates();
    assertThat(test.status(UUID.fromString(deployment.getId()))).isEqualTo("live");
    var second = told.get(1).getResumeToken();
    assertThat(await(all(() -> user().watchDeployment(watch(deployment.getId(), second)))))
        .isEqualTo(told.subList(2, told.size()));
    assertThat(
            test.deployment(UUID.fromString(deployment.getId())).at("/deployment/commit_message"))
        .isEqualTo("by gRPC");
  }

  @Test
  void failureEndsTheWatchToo() throws Exception {
    var broken = test.agent();
    broken.on(CommandType.APP_BUILD, TestAgent.Reply.failed("no such base image"));
    var app = test.app(broken);
    var deployment = test.deploy(app).toString();
    var told = await(all(() -> user().watchDeployment(watch(deployment, ""))));
    assertThat(told.getLast().getStatus()).isEqualTo("failed");
    assertThat(told.getLast().getMessage()).contains("no such base image");
  }

  @Test
  void whoMayNotIsRefused() throws Exception {
    var deployment = test.live(test.app(agent)).toString();
    var anonymous = as(test.platform.anonymous());
    var unknown = refused(() -> anonymous.watchDeployment(watch(deployment, "")).next());
    assertThat(unknown.getStatus().getCode()).isEqualTo(Code.UNAUTHENTICATED);
    assertThat(reason(unknown)).isEqualTo("auth.required");
    var stranger = as(test.platform.as(Ids.next(), Role.OWNER));
    var missing = refused(() -> stranger.watchDeployment(watch(deployment, "")).next());
    assertThat(missing.getStatus().getCode()).isEqualTo(Code.NOT_FOUND);
    assertThat(reason(missing)).isEqualTo("deployments.deployment.missing");
    var log = TailLogsRequest.newBuilder().setDeploymentId(deployment).build();
    assertThat(refused(() -> stranger.tailLogs(log).next()).getStatus().getCode())
        .isEqualTo(Code.NOT_FOUND);
  }

  @Test
  void faultsOfFieldsAreNamed() throws Exception {
    var wish =
        DeployRequest.newBuilder()
            .setCommitSha("main")
            .setMessage("bell\u0007")
            .setServerId("x")
            .build();
    assertThat(fields(refused(() -> user().deploy(wish))))
        .containsExactly("commit_sha", "message", "server_id", "app_id");
    var app = test.app(agent).toString();
    var both = DeployRequest.newBuilder().setAppId(app).setBranch("../x").build();
    assertThat(fields(refused(() -> user().deploy(both)))).containsExactly("branch");
    var deployment = test.live(UUID.fromString(app)).toString();
    assertThat(fields(refused(() -> user().watchDeployment(watch(deployment, "x")).next())))
        .containsExactly("resume_token");
    var nothing = TailLogsRequest.getDefaultInstance();
    assertThat(fields(refused(() -> user().tailLogs(nothing).next()))).containsExactly("source");
    var tail = TailLogsRequest.newBuilder().setAppId(app).setTail(2001).build();
    assertThat(fields(refused(() -> user().tailLogs(tail).next()))).containsExactly("tail");
    var reads = FollowEventsRequest.newBuilder().addTypes("apps.env_var.revealed").build();
    assertThat(fields(refused(() -> user().followEvents(reads).next()))).containsExactly("types");
  }

  @Test
  void conflictKeepsItsCode() throws Exception {
    var app = test.emptyApp(agent, java.util.Map.of());
    var request = DeployRequest.newBuilder().setAppId(app.toString()).build();
    var refusal = refused(() -> user().deploy(request));
    assertThat(refusal.getStatus().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(reason(refusal)).isEqualTo("deployments.source.none");
  }

  @Test
  void logOfADeploymentIsToldToItsEnd() throws Exception {
    var deployment = test.deploy(test.app(agent));
    var request = TailLogsRequest.newBuilder().setDeploymentId(deployment.toString());
    var lines = await(all(() -> user().tailLogs(request.build())));
    assertThat(lines).extracting(LogLine::getMessage).contains("Cloning the source");
    assertThat(lines).extracting(LogLine::getStream).containsOnly("system");
    var first = lines.getFirst().getResumeToken();
    assertThat(await(all(() -> user().tailLogs(request.setResumeToken(first).build()))))
        .isEqualTo(lines.subList(1, lines.size()));
  }

  @Test
  void logOfAnAppGoesOn() throws Exception {
    var app = test.app(agent);
    test.live(app);
    var context = Context.current().withCancellation();
    try {
      var request = TailLogsRequest.newBuilder().setAppId(app.toString()).setTail(1).build();
      var lines = context.call(() -> user().tailLogs(request));
      assertThat(lines.next().getAppId()).isEqualTo(app.toString());
      var scope = test.scope;
      test.logs.system(scope, app, Ids.next(), dev.slipway.logs.Phase.RUNTIME, "one more line");
      assertThat(lines.next().getMessage()).isEqualTo("one more line");
    } finally {
      context.cancel(null);
    }
  }

  @Test
  void eventsAreFollowedFromAToken() throws Exception {
    var before = test.platform.events().now(test.scope);
    var app = test.app(agent);
    var deployment = test.live(app);
    var context = Context.current().withCancellation();
    try {
      var request =
          FollowEventsRequest.newBuilder()
              .addTypes("deployments.deployment.succeeded")
              .setSubjectId(deployment.toString())
              .setResumeToken(before)
              .build();
      Event event = context.call(() -> user().followEvents(request)).next();
      assertThat(event.getType()).isEqualTo("deployments.deployment.succeeded");
      assertThat(event.getSubjectId()).isEqualTo(deployment.toString());
      assertThat(event.getData().getFieldsMap()).containsKey("app_id");
    } finally {
      context.cancel(null);
    }
  }

  @Test
  void reflectionTellsTheContract() throws Exception {
    var answers = new CompletableFuture<ServerReflectionResponse>();
    var ask =
        ServerReflectionGrpc.newStub(channel)
            .serverReflectionInfo(
                new StreamObserver<ServerReflectionResponse>() {
                  @Override
                  public void onNext(ServerReflectionResponse answer) {
                    answers.complete(answer);
                  }

                  @Override
                  public void onError(Throwable failure) {
                    answers.completeExceptionally(failure);
                  }

                  @Override
                  public void onCompleted() {}
                });
    ask.onNext(
        ServerReflectionRequest.newBuilder()
            .setFileContainingSymbol("slipway.v1.Deployments")
            .build());
    ask.onCompleted();
    var files = answers.get(60, TimeUnit.SECONDS).getFileDescriptorResponse();
    var text =
        files.getFileDescriptorProtoList().stream()
            .map(com.google.protobuf.ByteString::toStringUtf8)
            .toList();
    assertThat(text).anyMatch(file -> file.contains("WatchDeployment"));
  }
}
