package dev.slipway.fleet.wire;

import com.google.protobuf.ByteString;
import dev.slipway.fleet.service.TestFleet.Enrolled;
import dev.slipway.proto.agent.v1.AgentServiceGrpc;
import dev.slipway.proto.agent.v1.Command;
import dev.slipway.proto.agent.v1.CommandAck;
import dev.slipway.proto.agent.v1.CommandResult;
import dev.slipway.proto.agent.v1.CommandType;
import dev.slipway.proto.agent.v1.HeartbeatRequest;
import dev.slipway.proto.agent.v1.HeartbeatResponse;
import dev.slipway.proto.agent.v1.LogAck;
import dev.slipway.proto.agent.v1.LogBatch;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Plays the published agent's part of the contract, one step at a time. */
final class ScriptedAgent implements AutoCloseable {
  private static final long SECONDS = 30;
  private final ManagedChannel channel;
  private final Metadata metadata = new Metadata();
  private final String serverId;

  ScriptedAgent(int port, Enrolled server) {
    this(port, server.id().toString(), server.secret());
  }

  ScriptedAgent(int port, String serverId, @Nullable String secret) {
    this.serverId = serverId;
    channel =
        NettyChannelBuilder.forAddress("127.0.0.1", port)
            .usePlaintext()
            .maxInboundMessageSize(30 << 20)
            .build();
    if (secret != null) {
      metadata.put(key("authorization"), "Bearer " + secret);
      metadata.put(key("server-id"), serverId);
    }
  }

  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }

  AgentServiceGrpc.AgentServiceBlockingStub blocking() {
    return AgentServiceGrpc.newBlockingStub(channel)
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata))
        .withDeadlineAfter(SECONDS, TimeUnit.SECONDS);
  }

  AgentServiceGrpc.AgentServiceStub async() {
    return AgentServiceGrpc.newStub(channel)
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata));
  }

  HeartbeatResponse heartbeat() {
    return blocking().heartbeat(HeartbeatRequest.newBuilder().setAgentVersion("test/1").build());
  }

  void ack(String commandId) {
    blocking()
        .ackCommand(
            CommandAck.newBuilder()
                .setCommandId(commandId)
                .setServerId(serverId)
                .setPhase("received")
                .build());
  }

  LogAck pushLogs(LogBatch batch) throws Exception {
    var answer = new CompletableFuture<LogAck>();
    var out =
        async()
            .pushLogs(
                new StreamObserver<>() {
                  @Override
                  public void onNext(LogAck ack) {
                    answer.complete(ack);
                  }

                  @Override
                  public void onError(Throwable failure) {
                    answer.completeExceptionally(failure);
                  }

                  @Override
                  public void onCompleted() {}
                });
    out.onNext(batch);
    out.onCompleted();
    return answer.get(SECONDS, TimeUnit.SECONDS);
  }

  /** Opens the command stream and reads as it comes. */
  Stream open() {
    return new Stream(Integer.MAX_VALUE);
  }

  /** Opens the command stream and reads nothing until told to. */
  Stream openWithoutReading() {
    return new Stream(0);
  }

  /** As {@link #open}, past the two greetings. */
  Stream openAndGreet() throws Exception {
    var stream = open();
    stream.next(CommandType.COMMAND_TYPE_BOOTSTRAP_SECRETS);
    stream.next(CommandType.COMMAND_TYPE_AGENT_STATUS);
    return stream;
  }

  @Override
  public void close() throws Exception {
    channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
  }

  /** One open of the command stream. */
  final class Stream extends ClientCall.Listener<Command> {
    final CompletableFuture<Metadata> headers = new CompletableFuture<>();
    final BlockingQueue<Command> commands = new LinkedBlockingQueue<>();
    private final CompletableFuture<Status> end = new CompletableFuture<>();
    private final ClientCall<CommandResult, Command> call;

    Stream(int read) {
      call =
          MetadataUtils.newAttachHeadersInterceptor(metadata)
              .interceptCall(
                  AgentServiceGrpc.getCommandStreamMethod(), CallOptions.DEFAULT, channel);
      call.start(this, new Metadata());
      if (read > 0) {
        call.request(read);
      }
    }

    void read() {
      call.request(Integer.MAX_VALUE);
    }

    Command next() throws Exception {
      var command = commands.poll(SECONDS, TimeUnit.SECONDS);
      if (command == null) {
        throw new AssertionError("no command within " + SECONDS + " s");
      }
      return command;
    }

    Command next(CommandType type) throws Exception {
      var command = next();
      if (command.getType() != type) {
        throw new AssertionError("expected " + type + " but got " + command.getType());
      }
      return command;
    }

    void progress(String commandId, String text) {
      send(commandId, "running", ByteString.copyFromUtf8(text), false);
    }

    void finish(String commandId, String status, String text) {
      send(commandId, status, ByteString.copyFromUtf8(text), true);
    }

    void send(String commandId, String status, ByteString output, boolean last) {
      call.sendMessage(
          CommandResult.newBuilder()
              .setCommandId(commandId)
              .setStatus(status)
              .setOutput(output)
              .setIsFinal(last)
              .build());
    }

    /** Vanishes without a word. */
    void breakOff() {
      call.cancel("gone", null);
    }

    Status.Code end() throws Exception {
      return end.get(SECONDS, TimeUnit.SECONDS).getCode();
    }

    @Override
    public void onHeaders(Metadata received) {
      headers.complete(received);
    }

    @Override
    public void onMessage(Command command) {
      commands.add(command);
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      end.complete(status);
    }
  }

  static Status.Code code(Runnable call) {
    try {
      call.run();
      return Status.Code.OK;
    } catch (StatusRuntimeException refused) {
      return refused.getStatus().getCode();
    }
  }
}
