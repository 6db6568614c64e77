package dev.slipway.agent;

import com.google.protobuf.ByteString;
import dev.slipway.agent.os.FileTree;
import dev.slipway.proto.agent.v1.AgentBinaryChunk;
import dev.slipway.proto.agent.v1.AgentServiceGrpc;
import dev.slipway.proto.agent.v1.Command;
import dev.slipway.proto.agent.v1.CommandAck;
import dev.slipway.proto.agent.v1.CommandAckResponse;
import dev.slipway.proto.agent.v1.CommandResult;
import dev.slipway.proto.agent.v1.CommandType;
import dev.slipway.proto.agent.v1.DownloadAgentBinaryRequest;
import dev.slipway.proto.agent.v1.HeartbeatRequest;
import dev.slipway.proto.agent.v1.HeartbeatResponse;
import dev.slipway.proto.agent.v1.ListServerRoutesRequest;
import dev.slipway.proto.agent.v1.ListServerRoutesResponse;
import dev.slipway.proto.agent.v1.LogAck;
import dev.slipway.proto.agent.v1.LogBatch;
import dev.slipway.proto.agent.v1.LogEntry;
import dev.slipway.proto.agent.v1.TerminalMessage;
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
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A control plane written from the tables of the protocol, on a real socket. */
final class FakeControlPlane extends AgentServiceGrpc.AgentServiceImplBase
    implements AutoCloseable {
  static final String SERVER_ID = "server-1";
  static final String SECRET = "secret-of-the-agent";

  private final Server server;
  private final AtomicReference<@Nullable StreamObserver<Command>> stream = new AtomicReference<>();
  private final AtomicInteger ids = new AtomicInteger();
  private final AtomicInteger opened = new AtomicInteger();
  private final Map<String, SentCommand> sent = new ConcurrentHashMap<>();
  final List<HeartbeatRequest> heartbeats = new CopyOnWriteArrayList<>();
  final List<String> acknowledged = new CopyOnWriteArrayList<>();
  final List<LogEntry> logs = new CopyOnWriteArrayList<>();
  final AtomicInteger rejectedLogPushes = new AtomicInteger();
  volatile int logPushesToReject;

  /** Folders that agents made, which a control plane has deleted when it needs them no more. */
  private final Queue<Path> clones = new ConcurrentLinkedQueue<>();

  /** Heartbeats are answered only while nobody holds it. */
  final ReentrantLock answering = new ReentrantLock();

  volatile HeartbeatResponse answer = HeartbeatResponse.newBuilder().setAccepted(true).build();

  /** What is sent of a new program. */
  volatile List<AgentBinaryChunk> program = List.of();

  /** Terminals that agents opened. */
  final BlockingQueue<TerminalSide> terminals = new LinkedBlockingQueue<>();

  volatile ListServerRoutesResponse routes = ListServerRoutesResponse.getDefaultInstance();

  private FakeControlPlane(int port) throws IOException {
    server =
        Grpc.newServerBuilderForPort(port, InsecureServerCredentials.create())
            .permitKeepAliveTime(10, TimeUnit.SECONDS)
            .permitKeepAliveWithoutCalls(true)
            .maxInboundMessageSize(30 << 20)
            .intercept(new CredentialCheck())
            .addService(this)
            .build()
            .start();
  }

  static FakeControlPlane start() throws IOException {
    return new FakeControlPlane(0);
  }

  static FakeControlPlane restartOn(int port) throws IOException {
    return new FakeControlPlane(port);
  }

  int port() {
    return server.getPort();
  }

  int streamsOpened() {
    return opened.get();
  }

  private static final class CredentialCheck implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      var secret = headers.get(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER));
      var id = headers.get(Metadata.Key.of("server-id", Metadata.ASCII_STRING_MARSHALLER));
      if (!("Bearer " + SECRET).equals(secret) || !SERVER_ID.equals(id)) {
        call.close(Status.UNAUTHENTICATED, new Metadata());
        return new ServerCall.Listener<>() {};
      }
      return next.startCall(call, headers);
    }
  }

  @Override
  public void heartbeat(HeartbeatRequest request, StreamObserver<HeartbeatResponse> responses) {
    heartbeats.add(request);
    answering.lock();
    try {
      responses.onNext(answer);
    } finally {
      answering.unlock();
    }
    responses.onCompleted();
  }

  @Override
  public StreamObserver<CommandResult> commandStream(StreamObserver<Command> commands) {
    // The first command at once: the response headers travel with it.
    commands.onNext(
        Command.newBuilder()
            .setId("bootstrap-" + opened.get())
            .setType(CommandType.COMMAND_TYPE_BOOTSTRAP_SECRETS)
            .setPayload(ByteString.copyFromUtf8("{}"))
            .build());
    stream.set(commands);
    opened.incrementAndGet();
    return new StreamObserver<>() {
      @Override
      public void onNext(CommandResult result) {
        var command = sent.get(result.getCommandId());
        if (command != null) {
          command.accept(result);
        }
      }

      @Override
      public void onError(Throwable fault) {
        stream.compareAndSet(commands, null);
      }

      @Override
      public void onCompleted() {
        stream.compareAndSet(commands, null);
      }
    };
  }

  @Override
  public StreamObserver<LogBatch> pushLogs(StreamObserver<LogAck> responses) {
    return new StreamObserver<>() {
      private boolean accepted = true;

      @Override
      public void onNext(LogBatch batch) {
        if (rejectedLogPushes.get() < logPushesToReject) {
          rejectedLogPushes.incrementAndGet();
          accepted = false;
        } else {
          logs.addAll(batch.getEntriesList());
        }
      }

      @Override
      public void onError(Throwable fault) {
        // The agent repeats what was not acknowledged.
      }

      @Override
      public void onCompleted() {
        responses.onNext(LogAck.newBuilder().setAccepted(accepted).build());
        responses.onCompleted();
      }
    };
  }

  @Override
  public void ackCommand(CommandAck request, StreamObserver<CommandAckResponse> responses) {
    acknowledged.add(request.getCommandId());
    responses.onNext(CommandAckResponse.getDefaultInstance());
    responses.onCompleted();
  }

  @Override
  public void listServerRoutes(
      ListServerRoutesRequest request, StreamObserver<ListServerRoutesResponse> responses) {
    responses.onNext(routes);
    responses.onCompleted();
  }

  @Override
  public void downloadAgentBinary(
      DownloadAgentBinaryRequest request, StreamObserver<AgentBinaryChunk> chunks) {
    program.forEach(chunks::onNext);
    chunks.onCompleted();
  }

  /** Our side of a terminal. */
  static final class TerminalSide implements StreamObserver<TerminalMessage> {
    final StreamObserver<TerminalMessage> agent;
    final StringBuffer shown = new StringBuffer();
    final CompletableFuture<TerminalMessage> end = new CompletableFuture<>();
    volatile String session = "";

    TerminalSide(StreamObserver<TerminalMessage> agent) {
      this.agent = agent;
    }

    void type(String text) {
      agent.onNext(TerminalMessage.newBuilder().setData(ByteString.copyFromUtf8(text)).build());
    }

    void resize(int columns, int rows) {
      agent.onNext(TerminalMessage.newBuilder().setColumns(columns).setRows(rows).build());
    }

    @Override
    public void onNext(TerminalMessage message) {
      if (!message.getSessionId().isEmpty()) {
        session = message.getSessionId();
      } else if (message.hasEnd()) {
        end.complete(message);
      } else {
        shown.append(message.getData().toStringUtf8());
      }
    }

    @Override
    public void onError(Throwable fault) {
      end.completeExceptionally(fault);
    }

    @Override
    public void onCompleted() {
      agent.onCompleted();
    }
  }

  @Override
  public StreamObserver<TerminalMessage> terminal(StreamObserver<TerminalMessage> agent) {
    var side = new TerminalSide(agent);
    terminals.add(side);
    return side;
  }

  SentCommand send(CommandType type, String payload) throws InterruptedException {
    return sendNumber(type.getNumber(), payload);
  }

  SentCommand sendNumber(int type, String payload) throws InterruptedException {
    Await.until("the command stream is open", () -> stream.get() != null);
    var id = "command-" + ids.incrementAndGet();
    var command = new SentCommand(id);
    sent.put(id, command);
    var open = stream.get();
    if (open == null) {
      throw new IllegalStateException("the stream closed meanwhile");
    }
    synchronized (this) {
      open.onNext(
          Command.newBuilder()
              .setId(id)
              .setTypeValue(type)
              .setPayload(ByteString.copyFromUtf8(payload))
              .build());
    }
    return command;
  }

  /** Sends, waits, and expects success; returns the final output. */
  String done(CommandType type, String payload) throws InterruptedException {
    var result = send(type, payload).await(Duration.ofSeconds(90));
    if (!result.status().equals("completed")) {
      throw new AssertionError(type + " " + result);
    }
    if (type == CommandType.COMMAND_TYPE_APP_CLONE) {
      clones.add(Path.of(result.output().strip()));
    }
    return result.output();
  }

  HeartbeatRequest lastHeartbeat() {
    return heartbeats.getLast();
  }

  @Override
  public void close() throws IOException, InterruptedException {
    server.shutdownNow();
    server.awaitTermination(10, TimeUnit.SECONDS);
    for (var clone : clones) {
      FileTree.delete(clone);
    }
  }
}
