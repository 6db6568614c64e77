package dev.slipway.fleet.wire;

import dev.slipway.api.PlatformException;
import dev.slipway.api.event.Signals;
import dev.slipway.api.security.Secrets;
import dev.slipway.fleet.service.Patience;
import dev.slipway.fleet.service.Topics;
import dev.slipway.fleet.service.agent.AgentAccess.Agent;
import dev.slipway.fleet.service.command.CommandFlow;
import dev.slipway.fleet.service.server.NodeLife;
import dev.slipway.fleet.service.server.ServerPresence;
import dev.slipway.fleet.store.server.NodeStore.Held;
import dev.slipway.proto.agent.v1.Command;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The open command streams of this node, one per server. */
@Component(service = AgentStreams.class)
public final class AgentStreams {
  private static final int ARRIVING = 4;
  private static final int MOST_WAITING = 20_000;
  private static final Logger LOG = LoggerFactory.getLogger(AgentStreams.class);

  private final Map<UUID, AgentStream> streams = new ConcurrentHashMap<>();
  private final ExecutorService arrivals =
      new ThreadPoolExecutor(
          ARRIVING,
          ARRIVING,
          0,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(MOST_WAITING),
          Thread.ofVirtual().name("agent-arrivals-", 0).factory());
  private final NodeLife life;
  private final CommandFlow flow;
  private final ServerPresence presence;
  private final OutputQueues outputs;
  private final AgentText text;
  private final List<Signals.Subscription> subscriptions;
  private final Pulse pulse;
  private final Departures departures;

  @Activate
  public AgentStreams(
      @Reference CommandFlow flow,
      @Reference ServerPresence presence,
      @Reference OutputQueues outputs,
      @Reference Secrets secrets,
      @Reference Signals signals,
      @Reference NodeLife life) {
    this.flow = flow;
    this.presence = presence;
    this.outputs = outputs;
    text = new AgentText(secrets);
    this.life = life;
    life.begin();
    departures = new Departures(this::closed);
    subscriptions =
        List.of(
            signals.onPrefix(Topics.WORK, this::work),
            signals.onPrefix(Topics.REVOKED, server -> with(server, AgentStreams::revoke)),
            signals.onPrefix(Topics.REPLACED, this::replaced),
            signals.onPrefix(Topics.CUT, server -> with(server, AgentStreams::cut)));
    pulse = new Pulse(life, this::settle);
  }

  @Deactivate
  public void close() {
    pulse.close();
    subscriptions.forEach(Signals.Subscription::close);
    // Those who wait are sent away; one that got in after this would be taken for connected.
    arrivals.close();
    streams.values().forEach(this::sendAway);
    departures.close();
    try {
      life.end();
    } catch (PlatformException failure) {
      LOG.warn("the others will notice by its silence that this node stopped", failure);
    }
  }

  /**
   * Opens a stream in place of the one before, when it is its turn: after a restart all agents come
   * at once, since those that are published wait the same time. Their headers do not wait.
   */
  AgentStream open(Agent agent, ServerCallStreamObserver<Command> out) {
    var stream =
        new AgentStream(
            agent,
            out,
            flow,
            text,
            outputs,
            new AgentStream.Ends(this::gone, answer -> described(agent, answer)));
    stream.listen();
    try {
      arrivals.execute(() -> arrive(stream));
    } catch (RejectedExecutionException full) {
      sendAway(stream);
    }
    return stream;
  }

  private void sendAway(AgentStream stream) {
    var reason = arrivals.isShutdown() ? "the platform is stopping" : "too many agents wait";
    stream.close(Status.UNAVAILABLE.withDescription(reason));
  }

  private void arrive(AgentStream stream) {
    if (arrivals.isShutdown()) {
      sendAway(stream);
      return;
    }
    try {
      streams.compute(stream.agent().serverId(), (server, before) -> put(stream, before));
      stream.greet();
    } catch (RuntimeException failure) {
      stream.refuse(failure);
    }
  }

  private void closed(List<Held> streams) {
    Patience.patiently(
        () -> {
          presence.closed(streams);
          return true;
        });
  }

  private void described(Agent agent, String answer) {
    Patience.patiently(
        () -> {
          presence.described(agent.tenantId(), agent.serverId(), answer);
          return true;
        });
  }

  /**
   * One that went while it waited would never be removed; and a newer one may have overtaken it.
   */
  private @Nullable AgentStream put(AgentStream stream, @Nullable AgentStream before) {
    if (!stream.isOpen()) {
      return before;
    }
    if (before != null && stream.isOlderThan(before)) {
      replace(stream);
      return before;
    }
    var agent = stream.agent();
    presence.opened(
        agent.tenantId(), agent.serverId(), agent.secretHash(), stream.id(), life.node());
    if (before != null) {
      replace(before);
    }
    return stream;
  }

  /** Whether a command is none that is stored, but part of the greeting of an open stream. */
  boolean isGreeting(UUID serverId, UUID commandId) {
    var stream = streams.get(serverId);
    return stream != null && stream.isGreeting(commandId);
  }

  /** Lets a stream look for commands, in case a signal was lost. */
  void wake(UUID serverId) {
    var stream = streams.get(serverId);
    if (stream != null) {
      stream.wake();
    }
  }

  /** An empty text says that signals may have been missed. */
  private void work(String serverId) {
    if (serverId.isEmpty()) {
      streams.values().forEach(AgentStream::wake);
    } else {
      with(serverId, AgentStream::wake);
    }
  }

  /** What was missed of these is found out by {@link #settle}. */
  private void with(String serverId, Consumer<AgentStream> action) {
    var id = AgentText.id(serverId);
    var stream = id == null ? null : streams.get(id);
    if (stream != null) {
      action.accept(stream);
    }
  }

  private void replaced(String serverAndStream) {
    var parts = serverAndStream.split(":", 2);
    with(
        parts[0],
        stream -> {
          if (!stream.id().toString().equals(parts[1])) {
            replace(stream);
          }
        });
  }

  /** Ends streams that have lost their place, and lets those work that have it back. */
  private void settle() {
    var open = Map.copyOf(streams);
    var held = open.values().stream().map(AgentStreams::held).toList();
    var lost = life.settle(held);
    open.values().stream()
        .filter(stream -> lost.contains(held(stream)))
        .forEach(AgentStreams::replace);
  }

  private static Held held(AgentStream stream) {
    return new Held(stream.agent().serverId(), stream.id());
  }

  private static void replace(AgentStream stream) {
    stream.close(Status.ABORTED.withDescription("a newer stream of this server is open"));
  }

  private static void revoke(AgentStream stream) {
    stream.close(Status.UNAUTHENTICATED.withDescription("the agent's credentials are void"));
  }

  private static void cut(AgentStream stream) {
    stream.close(Status.UNAVAILABLE.withDescription("the stream was cut; open another"));
  }

  /** Not here, inside of open's compute: that may be what ends this stream. */
  private void gone(AgentStream stream) {
    departures.add(held(stream), () -> streams.remove(stream.agent().serverId(), stream));
  }
}
