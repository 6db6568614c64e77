package dev.slipway.cli.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Timestamp;
import dev.slipway.cli.output.CliException;
import dev.slipway.proto.v1.DeploymentProgress;
import dev.slipway.proto.v1.DeploymentsGrpc;
import dev.slipway.proto.v1.LogLine;
import dev.slipway.proto.v1.TailLogsRequest;
import dev.slipway.proto.v1.WatchDeploymentRequest;
import io.grpc.CallOptions;
import io.grpc.ChannelCredentials;
import io.grpc.ConnectivityState;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.TlsChannelCredentials;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Streams by the platform's gRPC service. Its messages are handed on in the form of server-sent
 * events, whose ids its resume tokens are: so a stream may change over to HTTP at any point.
 */
final class GrpcStreams implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Metadata.Key<String> AUTHORIZATION = key("authorization");
  private static final Metadata.Key<String> TENANT = key("x-tenant-id");

  private final ManagedChannel channel;
  private final Supplier<Caller> caller;

  /** Whose name calls are made in. */
  record Caller(String token, Optional<String> tenantId) {}

  /**
   * Streams of a listener.
   *
   * @param url {@code http://HOST:PORT} for plaintext, {@code https://HOST:PORT} for TLS
   */
  GrpcStreams(URI url, Supplier<Caller> caller) {
    channel = Grpc.newChannelBuilder(url.getAuthority(), credentials(url)).build();
    this.caller = caller;
  }

  private static ChannelCredentials credentials(URI url) {
    return "https".equals(url.getScheme())
        ? TlsChannelCredentials.create()
        : InsecureChannelCredentials.create();
  }

  /** How a deployment goes, from its first step to its end. */
  Follow progress(String deploymentId) {
    return new Stream<>(
        DeploymentsGrpc.getWatchDeploymentMethod(),
        lastId ->
            WatchDeploymentRequest.newBuilder()
                .setDeploymentId(deploymentId)
                .setResumeToken(lastId)
                .build(),
        GrpcStreams::event);
  }

  /** What an app says, without end. */
  Follow logs(String appId, int tail) {
    return new Stream<>(
        DeploymentsGrpc.getTailLogsMethod(),
        lastId ->
            TailLogsRequest.newBuilder()
                .setAppId(appId)
                .setTail(tail)
                .setResumeToken(lastId)
                .build(),
        GrpcStreams::event);
  }

  private static String event(DeploymentProgress message) {
    var data = JsonNodeFactory.instance.objectNode().put("seq", message.getSequence());
    data.put("ts", time(message.getAt()).toEpochMilli());
    data.put("deployment_id", message.getDeploymentId());
    data.put("phase", message.getPhase()).put("status", message.getStatus());
    data.put("percent", message.hasPercent() ? (Integer) message.getPercent() : null);
    data.put("message", message.getMessage());
    var name = message.getPhase().equals("done") ? "done" : "progress";
    return event(message.getResumeToken(), name, data);
  }

  private static String event(LogLine message) {
    var data = JsonNodeFactory.instance.objectNode();
    data.put("observed_at", time(message.getObservedAt()).toString());
    data.put("stream", message.getStream()).put("level", message.getLevel());
    data.put("phase", message.getPhase()).put("message", message.getMessage());
    data.put("app_id", message.getAppId());
    data.put("deployment_id", known(message.getDeploymentId()));
    data.put("container", known(message.getContainer()));
    return event(message.getResumeToken(), "log", data);
  }

  private static String event(String id, String name, ObjectNode data) {
    return "id: " + id + "\nevent: " + name + "\ndata: " + data + "\n\n";
  }

  private static @Nullable String known(String text) {
    return text.isEmpty() ? null : text;
  }

  private static Instant time(Timestamp at) {
    return Instant.ofEpochSecond(at.getSeconds(), at.getNanos());
  }

  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }

  /** One stream, over as many calls as it takes. */
  private final class Stream<Q, A> implements Follow {
    private final MethodDescriptor<Q, A> method;
    private final Function<String, Q> request;
    private final Function<A, String> event;
    private @Nullable GrpcCall<Q, A> last;
    private boolean unreachable;

    Stream(MethodDescriptor<Q, A> method, Function<String, Q> request, Function<A, String> event) {
      this.method = method;
      this.request = request;
      this.event = event;
    }

    @Override
    public boolean isUsable() {
      if (!unreachable && !isReady()) {
        unreachable = true;
      }
      return !unreachable && (last == null || !last.isRefused());
    }

    /** A listener that is not there would be tried for as long as a call may take. */
    private boolean isReady() {
      var deadline = System.nanoTime() + CONNECT.toNanos();
      var state = channel.getState(true);
      while (state != ConnectivityState.READY && state != ConnectivityState.TRANSIENT_FAILURE) {
        if (!changes(state, deadline - System.nanoTime())) {
          return false;
        }
        state = channel.getState(true);
      }
      return state == ConnectivityState.READY;
    }

    private boolean changes(ConnectivityState from, long nanos) {
      var changed = new CountDownLatch(1);
      channel.notifyWhenStateChanged(from, changed::countDown);
      try {
        return changed.await(nanos, TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        throw CliException.interrupted(e);
      }
    }

    @Override
    public Optional<ChunkQueue> open(String lastId) {
      if (last != null && last.isOver()) {
        return Optional.empty();
      }
      var by = caller.get();
      var headers = new Metadata();
      headers.put(AUTHORIZATION, "Bearer " + by.token());
      by.tenantId().ifPresent(id -> headers.put(TENANT, id));
      last = new GrpcCall<>(channel.newCall(method, CallOptions.DEFAULT), event);
      return Optional.of(last.start(request.apply(lastId), headers));
    }
  }
}
