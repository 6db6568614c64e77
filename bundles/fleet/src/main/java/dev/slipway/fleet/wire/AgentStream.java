package dev.slipway.fleet.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import dev.slipway.api.Ids;
import dev.slipway.api.PlatformException;
import dev.slipway.fleet.Command;
import dev.slipway.fleet.CommandType;
import dev.slipway.fleet.service.Patience;
import dev.slipway.fleet.service.agent.AgentAccess.Agent;
import dev.slipway.fleet.service.command.CommandFlow;
import dev.slipway.proto.agent.v1.CommandResult;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The command stream of one agent. Commands are taken from the table only while the agent reads, a
 * few at a time. Results are taken in one by one, and the next is read when the last is stored: a
 * slow database slows the agent down.
 */
final class AgentStream implements StreamObserver<CommandResult> {
  private static final Logger LOG = LoggerFactory.getLogger(AgentStream.class);
  private static final int BATCH = 16;
  private static final int REMEMBERED = 256;
  private static final int MISSES = 100;
  private static final long MISS_NANOS = 20_000_000;

  private final UUID id = Ids.next();
  private final long arrivedAt = System.nanoTime();
  private final UUID hello = Ids.next();
  private final UUID statusQuestion = Ids.next();
  private final Agent agent;
  private final ServerCallStreamObserver<dev.slipway.proto.agent.v1.Command> out;
  private final CommandFlow flow;
  private final AgentText text;
  private final OutputQueues outputs;
  private final Ends ends;
  private final AtomicInteger wanted = new AtomicInteger();
  private final PartialLines partial = new PartialLines();
  private final Map<UUID, Optional<Command>> inFlight =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Optional<Command>> eldest) {
          return size() > REMEMBERED;
        }
      };
  private int misses;
  private boolean closed;

  /** Who hears what becomes of the stream. */
  record Ends(Consumer<AgentStream> gone, Consumer<String> agentStatus) {}

  AgentStream(
      Agent agent,
      ServerCallStreamObserver<dev.slipway.proto.agent.v1.Command> out,
      CommandFlow flow,
      AgentText text,
      OutputQueues outputs,
      Ends ends) {
    this.agent = agent;
    this.out = out;
    this.flow = flow;
    this.text = text;
    this.outputs = outputs;
    this.ends = ends;
    out.disableAutoRequest();
    out.setOnReadyHandler(this::wake);
    out.setOnCancelHandler(this::gone);
    out.setOnCloseHandler(this::gone);
  }

  UUID id() {
    return id;
  }

  Agent agent() {
    return agent;
  }

  boolean isOlderThan(AgentStream other) {
    return arrivedAt - other.arrivedAt < 0;
  }

  /** Reads the first result, and says by headers that the stream is open. */
  void listen() {
    out.request(1);
  }

  /**
   * The contract's greeting. The agent waits for the first before it takes routes; the second tells
   * us what it is.
   */
  void greet() {
    send(hello, CommandType.BOOTSTRAP_SECRETS, "{}");
    send(statusQuestion, CommandType.AGENT_STATUS, "{}");
    wake();
  }

  boolean isGreeting(UUID commandId) {
    return commandId.equals(hello) || commandId.equals(statusQuestion);
  }

  /** There may be commands to send. Returns at once; one thread at a time does the work. */
  void wake() {
    if (wanted.getAndIncrement() == 0) {
      Thread.ofVirtual().name("agent-commands").start(this::pump);
    }
  }

  private void pump() {
    var seen = wanted.get();
    do {
      try {
        sendPending();
      } catch (PlatformException failure) {
        // The next signal or heartbeat tries again.
        LOG.warn("commands for server {} wait: {}", agent.serverId(), failure.getMessage());
      } catch (RuntimeException failure) {
        LOG.error("commands for server {} could not be sent", agent.serverId(), failure);
      }
      seen = wanted.addAndGet(-seen);
    } while (seen > 0);
  }

  private void sendPending() {
    while (isOpen() && out.isReady()) {
      var batch =
          Patience.patiently(() -> flow.claim(agent.tenantId(), agent.serverId(), id, BATCH));
      for (var outgoing : batch) {
        var command = outgoing.command();
        if (!send(command.id(), command.type(), outgoing.payload())) {
          flow.unsent(command);
        }
      }
      if (batch.size() < BATCH) {
        // Whatever comes later has a signal of its own.
        return;
      }
    }
  }

  /** False where it was certainly not sent. */
  private synchronized boolean send(UUID commandId, CommandType type, String payload) {
    if (closed || out.isCancelled()) {
      return false;
    }
    var now = Instant.now();
    out.onNext(
        dev.slipway.proto.agent.v1.Command.newBuilder()
            .setId(commandId.toString())
            .setTypeValue(type.number())
            .setPayload(ByteString.copyFromUtf8(payload))
            .setIssuedAt(
                Timestamp.newBuilder().setSeconds(now.getEpochSecond()).setNanos(now.getNano()))
            .build());
    return true;
  }

  @Override
  public void onNext(CommandResult result) {
    take(result);
    out.request(1);
  }

  private void take(CommandResult result) {
    var commandId = AgentText.id(result.getCommandId());
    if (commandId == null) {
      return;
    }
    if (commandId.equals(statusQuestion)) {
      if (result.getIsFinal() && result.getStatus().equals("completed")) {
        ends.agentStatus().accept(text.output(result.getOutput()));
      }
    } else if (result.getIsFinal()) {
      finish(commandId, result);
    } else {
      progress(commandId, result);
    }
  }

  private void finish(UUID commandId, CommandResult result) {
    var known = inFlight.remove(commandId);
    print(known, partial.rest(commandId));
    var output = text.output(result.getOutput());
    var news =
        Patience.patiently(
            () ->
                flow.finished(
                    agent.tenantId(), agent.serverId(), commandId, result.getStatus(), output));
    if (!news) {
      LOG.debug("result of command {} from {} changes nothing", commandId, agent.serverId());
      missed();
    }
  }

  /** Only the first sign of life of a command on this stream is written down. */
  private void progress(UUID commandId, CommandResult result) {
    var known = inFlight.get(commandId);
    if (known == null) {
      known =
          Patience.patiently(
              () -> flow.progressed(agent.tenantId(), agent.serverId(), id, commandId));
      inFlight.put(commandId, known);
      if (known.isEmpty()) {
        missed();
      }
    }
    print(known, partial.complete(commandId, result.getOutput()));
  }

  private void print(@Nullable Optional<Command> known, ByteString lines) {
    if (known != null && known.isPresent() && !lines.isEmpty()) {
      outputs.commandOutput(known.get(), text.output(lines));
    }
  }

  /** An agent that makes up commands waits for each, or it would keep the database busy. */
  private void missed() {
    if (++misses > MISSES) {
      LockSupport.parkNanos(MISS_NANOS);
    }
  }

  @Override
  public void onError(Throwable failure) {
    gone();
  }

  @Override
  public void onCompleted() {
    synchronized (this) {
      if (!closed && !out.isCancelled()) {
        out.onCompleted();
      }
    }
    gone();
  }

  /** Ends it from our side. */
  void close(Status status) {
    refuse(status.asRuntimeException());
  }

  /** Ends it because of a failure. */
  void refuse(RuntimeException failure) {
    synchronized (this) {
      if (!closed && !out.isCancelled()) {
        out.onError(failure);
      }
    }
    gone();
  }

  synchronized boolean isOpen() {
    return !closed && !out.isCancelled();
  }

  private void gone() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    ends.gone().accept(this);
  }
}
