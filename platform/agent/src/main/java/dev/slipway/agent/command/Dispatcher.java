package dev.slipway.agent.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import dev.slipway.agent.wire.CommandListener;
import dev.slipway.agent.wire.ResultSink;
import dev.slipway.proto.agent.v1.Command;
import dev.slipway.proto.agent.v1.CommandResult;
import dev.slipway.proto.agent.v1.CommandType;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Admits commands, runs each on a virtual thread, and sends what comes of it. Commands run side by
 * side and in no order.
 */
public final class Dispatcher implements CommandListener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
  private static final int PERMITS = 50;
  private static final int UNCOUNTED_PERMITS = 64;
  private static final int MAX_OUTPUT = 1 << 20;

  /** A message may be larger, but the agent's heap has room for a few of these only. */
  private static final int MAX_PAYLOAD = 8 << 20;

  private static final Duration ENDING = Duration.ofSeconds(5);

  /** Long streams and commands that must get through when all permits are taken. */
  private static final Set<CommandType> UNCOUNTED =
      EnumSet.of(
          CommandType.COMMAND_TYPE_UPDATE_AGENT,
          CommandType.COMMAND_TYPE_CANCEL_COMMAND,
          CommandType.COMMAND_TYPE_RESTART_SELF,
          CommandType.COMMAND_TYPE_REENROLL,
          CommandType.COMMAND_TYPE_BOOTSTRAP_SECRETS,
          CommandType.COMMAND_TYPE_ROTATE_SECRETS,
          CommandType.COMMAND_TYPE_ROTATE_AGENT_SECRET,
          CommandType.COMMAND_TYPE_SERVICE_LOGS,
          CommandType.COMMAND_TYPE_BACKUP_DOWNLOAD,
          CommandType.COMMAND_TYPE_COMPOSE_LOGS,
          CommandType.COMMAND_TYPE_APP_LOGS,
          CommandType.COMMAND_TYPE_TERMINAL);

  private final Map<CommandType, CommandHandler> handlers;
  private final Consumer<String> acknowledge;
  private final Semaphore permits = new Semaphore(PERMITS);
  private final Semaphore uncounted = new Semaphore(UNCOUNTED_PERMITS);
  private final Map<String, Running> running = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /**
   * @param acknowledge tells the control plane that the command with this id is here
   */
  public Dispatcher(Map<CommandType, CommandHandler> handlers, Consumer<String> acknowledge) {
    this.handlers = Map.copyOf(handlers);
    this.acknowledge = acknowledge;
  }

  private record Running(Thread thread, AtomicBoolean cancelled) {}

  @Override
  public void accept(Command command, ResultSink results) {
    var cancelled = new AtomicBoolean();
    var thread =
        Thread.ofVirtual()
            .name("command-" + command.getTypeValue())
            .unstarted(() -> run(command, results, cancelled));
    // Known before it starts, so that a cancel right behind it finds it.
    running.put(command.getId(), new Running(thread, cancelled));
    thread.start();
  }

  /**
   * Breaks off what is running, so that no build goes on without an agent. Nothing is answered: the
   * control plane sees a lost connection, and decides what is to be done again.
   */
  @Override
  public void close() {
    closed = true;
    running.values().forEach(one -> one.thread().interrupt());
    var deadline = System.nanoTime() + ENDING.toNanos();
    try {
      for (var one : running.values()) {
        one.thread().join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** True when a command of that id was running. */
  private boolean cancel(String id) {
    var target = running.get(id);
    if (target == null) {
      return false;
    }
    target.cancelled().set(true);
    target.thread().interrupt();
    return true;
  }

  private void run(Command command, ResultSink results, AtomicBoolean cancelled) {
    try {
      var reply = admit(command, results, cancelled);
      // A cancel that came too late must not stop the answer.
      Thread.interrupted();
      if (closed) {
        return;
      }
      send(command, results, cancelled.get() ? Reply.cancelled() : reply);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      running.computeIfPresent(command.getId(), (id, r) -> r.cancelled() == cancelled ? null : r);
    }
  }

  private Reply admit(Command command, ResultSink results, AtomicBoolean cancelled) {
    var type = command.getType();
    if (type == CommandType.UNRECOGNIZED || type == CommandType.COMMAND_TYPE_UNSPECIFIED) {
      return Reply.failed("invalid_command_type: " + command.getTypeValue());
    }
    var pool = UNCOUNTED.contains(type) ? uncounted : permits;
    boolean admitted = pool.tryAcquire();
    try {
      if (!command.getId().isEmpty()) {
        acknowledge.accept(command.getId());
      }
      if (!admitted) {
        return Reply.failed("agent command capacity exhausted; retry later");
      }
      return carryOut(command, results, cancelled);
    } finally {
      if (admitted) {
        pool.release();
      }
    }
  }

  private Reply carryOut(Command command, ResultSink results, AtomicBoolean cancelled) {
    var type = command.getType();
    if (command.getPayload().size() > MAX_PAYLOAD) {
      return Reply.failed("invalid payload: larger than 8 MiB");
    }
    try {
      var payload = Payload.parse(command.getPayload().toString(UTF_8));
      if (type == CommandType.COMMAND_TYPE_CANCEL_COMMAND) {
        return answerCancel(payload.required("cancel_command_id"));
      }
      var handler = handlers.get(type);
      if (handler == null) {
        return Reply.failed("unsupported_command_type: " + type.name());
      }
      return handler.handle(payload, new Sent(command, results));
    } catch (CommandFailure e) {
      return Reply.failed(e.getMessage());
    } catch (IOException e) {
      LOG.warn("{} {} failed", type, command.getId(), e);
      return Reply.failed("host failure: " + e.getMessage());
    } catch (InterruptedException e) {
      return cancelled.get() ? Reply.cancelled() : Reply.failed("the agent is stopping");
    } catch (RuntimeException e) {
      // The supervised boundary of all commands: a fault of ours is logged and answered, once.
      LOG.error("{} {} failed unexpectedly", type, command.getId(), e);
      return Reply.failed("unexpected fault in the agent: " + e.getClass().getSimpleName());
    }
  }

  private Reply answerCancel(String id) {
    return Reply.completed((cancel(id) ? "cancelled cmd=" : "no such command cmd=") + id);
  }

  /** Progress of a command on its way. */
  private record Sent(Command command, ResultSink results) implements Progress {
    @Override
    public void line(String line) throws InterruptedException {
      send(ByteString.copyFromUtf8(line + "\n"));
    }

    @Override
    public void bytes(byte[] buffer, int length) throws InterruptedException {
      send(ByteString.copyFrom(buffer, 0, length));
    }

    private void send(ByteString output) throws InterruptedException {
      results.send(result(command, "running").setOutput(output).build());
    }
  }

  private static void send(Command command, ResultSink results, Reply reply)
      throws InterruptedException {
    var output = reply.output();
    var bounded = output.length() > MAX_OUTPUT ? output.substring(0, MAX_OUTPUT) : output;
    results.send(
        result(command, reply.status())
            .setIsFinal(true)
            .setOutput(ByteString.copyFromUtf8(bounded))
            .build());
  }

  private static CommandResult.Builder result(Command command, String status) {
    var now = Instant.now();
    return CommandResult.newBuilder()
        .setCommandId(command.getId())
        .setStatus(status)
        .setTimestamp(
            Timestamp.newBuilder().setSeconds(now.getEpochSecond()).setNanos(now.getNano()));
  }
}
