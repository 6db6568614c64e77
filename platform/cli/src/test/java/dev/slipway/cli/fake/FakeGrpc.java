package dev.slipway.cli.fake;

import dev.slipway.proto.v1.DeploymentProgress;
import dev.slipway.proto.v1.DeploymentsGrpc;
import dev.slipway.proto.v1.LogLine;
import dev.slipway.proto.v1.TailLogsRequest;
import dev.slipway.proto.v1.WatchDeploymentRequest;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The platform's gRPC listener, whose calls go as the test says. */
public final class FakeGrpc extends DeploymentsGrpc.DeploymentsImplBase implements AutoCloseable {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final Metadata.Key<String> TENANT =
      Metadata.Key.of("x-tenant-id", Metadata.ASCII_STRING_MARSHALLER);

  /** What one call tells, and how it ends. */
  public record Part(List<String> phases, Status end) {}

  /** The calls to come; after the last one they are refused. */
  public final Queue<Part> parts = new ConcurrentLinkedQueue<>();

  /** Resume tokens that calls came with, and credentials. */
  public final List<String> resumedFrom = new CopyOnWriteArrayList<>();

  public final List<String> credentials = new CopyOnWriteArrayList<>();

  /** What is done before a deployment's stream ends well. */
  public volatile Runnable ending = () -> {};

  private final AtomicInteger sequence = new AtomicInteger();
  private final Server server;

  public FakeGrpc() throws IOException {
    server =
        Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
            .addService(this)
            .intercept(new Credentials())
            .build()
            .start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getPort();
  }

  @Override
  public void close() throws InterruptedException {
    server.shutdownNow();
    server.awaitTermination(30, TimeUnit.SECONDS);
  }

  @Override
  public void watchDeployment(
      WatchDeploymentRequest request, StreamObserver<DeploymentProgress> out) {
    var part = next(request.getResumeToken());
    for (var phase : part.phases()) {
      var number = sequence.incrementAndGet();
      out.onNext(
          DeploymentProgress.newBuilder()
              .setResumeToken("p" + number)
              .setDeploymentId(request.getDeploymentId())
              .setSequence(number)
              .setPhase(phase)
              .setStatus("running")
              .setMessage("by grpc")
              .build());
    }
    end(part, out);
  }

  @Override
  public void tailLogs(TailLogsRequest request, StreamObserver<LogLine> out) {
    var part = next(request.getResumeToken());
    for (var line : part.phases()) {
      out.onNext(
          LogLine.newBuilder()
              .setResumeToken("t-" + line)
              .setMessage(line + " of " + request.getTail())
              .build());
    }
    end(part, out);
  }

  private Part next(String resumeToken) {
    resumedFrom.add(resumeToken);
    var part = parts.poll();
    return part == null ? new Part(List.of(), Status.PERMISSION_DENIED) : part;
  }

  private void end(Part part, StreamObserver<?> out) {
    if (part.end().isOk()) {
      ending.run();
      out.onCompleted();
    } else {
      out.onError(part.end().asRuntimeException());
    }
  }

  private final class Credentials implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      credentials.add(headers.get(AUTHORIZATION) + " " + headers.get(TENANT));
      return next.startCall(call, headers);
    }
  }
}
