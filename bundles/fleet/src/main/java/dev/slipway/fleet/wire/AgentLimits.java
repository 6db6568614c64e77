package dev.slipway.fleet.wire;

import dev.slipway.fleet.FleetError;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Keeps an agent that floods from taking what others need: calls beyond what any agent has reason
 * for are refused before they do any work. Streams of commands are not counted, since a server has
 * one; they go at the pace at which their results are stored.
 */
final class AgentLimits implements ServerInterceptor {
  /** An agent works on 50 commands at a time and acknowledges each. */
  static final int CALLS_AT_A_TIME = 64;

  private static final int HEARTBEATS_AT_A_TIME = 2;
  private static final int BATCHES_AT_A_TIME = 4;
  private static final double HEARTBEATS = 20;
  private static final double HEARTBEATS_PER_SECOND = 2;
  private static final double LINES = 20_000;
  private static final double LINES_PER_SECOND = 2_000;
  private static final String HEARTBEAT = "Heartbeat";
  private static final String PUSH_LOGS = "PushLogs";
  private static final int REMEMBERED = 20_000;

  private final Map<UUID, Usage> usages =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<UUID, Usage> eldest) {
              return size() > REMEMBERED;
            }
          });

  private static final class Usage {
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger heartbeats = new AtomicInteger();
    private final AtomicInteger batches = new AtomicInteger();
    private final Allowance heartbeat = new Allowance(HEARTBEATS, HEARTBEATS_PER_SECOND);
    private final Allowance lines = new Allowance(LINES, LINES_PER_SECOND);
  }

  /**
   * Counts lines of logs.
   *
   * @throws dev.slipway.api.PlatformException where the agent has sent too many; it sends them
   *     again later
   */
  void countLines(UUID serverId, int lines) {
    if (!usage(serverId).lines.take(lines)) {
      throw FleetError.AGENT_FLOODS.of();
    }
  }

  private Usage usage(UUID serverId) {
    return usages.computeIfAbsent(serverId, server -> new Usage());
  }

  @Override
  public <I, O> ServerCall.Listener<I> interceptCall(
      ServerCall<I, O> call, Metadata headers, ServerCallHandler<I, O> next) {
    var method = call.getMethodDescriptor();
    if (!method.getType().serverSendsOneMessage()) {
      return next.startCall(call, headers);
    }
    var usage = usage(AgentSignIn.current().serverId());
    if (PUSH_LOGS.equals(method.getBareMethodName())) {
      return counted(usage.batches, BATCHES_AT_A_TIME, call, headers, next);
    }
    if (!HEARTBEAT.equals(method.getBareMethodName())) {
      return counted(usage.calls, CALLS_AT_A_TIME, call, headers, next);
    }
    if (!usage.heartbeat.take(1)) {
      throw FleetError.AGENT_FLOODS.of();
    }
    return counted(usage.heartbeats, HEARTBEATS_AT_A_TIME, call, headers, next);
  }

  private static <I, O> ServerCall.Listener<I> counted(
      AtomicInteger open,
      int most,
      ServerCall<I, O> call,
      Metadata headers,
      ServerCallHandler<I, O> next) {
    if (open.incrementAndGet() > most) {
      open.decrementAndGet();
      throw FleetError.AGENT_FLOODS.of();
    }
    var begun = false;
    try {
      var counted = new Counted<>(next.startCall(call, headers), open);
      begun = true;
      return counted;
    } finally {
      if (!begun) {
        open.decrementAndGet();
      }
    }
  }

  /** A call that counts until it has ended, however it does. */
  private static final class Counted<I> extends SimpleForwardingServerCallListener<I> {
    private final AtomicInteger open;
    private final AtomicBoolean ended = new AtomicBoolean();

    Counted(ServerCall.Listener<I> listener, AtomicInteger open) {
      super(listener);
      this.open = open;
    }

    @Override
    public void onCancel() {
      end();
      super.onCancel();
    }

    @Override
    public void onComplete() {
      end();
      super.onComplete();
    }

    private void end() {
      if (ended.compareAndSet(false, true)) {
        open.decrementAndGet();
      }
    }
  }
}
