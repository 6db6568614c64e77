package dev.slipway.fleet.wire;

import com.google.protobuf.ByteString;
import dev.slipway.api.event.Signals;
import dev.slipway.fleet.service.Topics;
import dev.slipway.fleet.service.agent.AgentAccess;
import dev.slipway.fleet.service.agent.AgentAccess.Agent;
import dev.slipway.fleet.service.terminal.TerminalSession;
import dev.slipway.fleet.service.terminal.TerminalSession.End;
import dev.slipway.fleet.service.terminal.TerminalSessions;
import dev.slipway.proto.agent.v1.TerminalMessage;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Joins agents that come with a terminal to the clients that wait for one. */
@Component(service = TerminalIntake.class)
public final class TerminalIntake {
  private static final int LARGEST = 64 * 1024;
  private static final long LOOK_MILLIS = 250;

  private final TerminalSessions sessions;
  private final AgentAccess access;
  private final Signals.Subscription subscription;
  private final Set<Side> sides = ConcurrentHashMap.newKeySet();

  @Activate
  public TerminalIntake(
      @Reference TerminalSessions sessions,
      @Reference AgentAccess access,
      @Reference Signals signals) {
    this.sessions = sessions;
    this.access = access;
    subscription = signals.onPrefix(Topics.REVOKED, this::revoked);
  }

  @Deactivate
  public void close() {
    subscription.close();
  }

  /** An empty text says that signals may have been missed. */
  private void revoked(String serverId) {
    sides.stream()
        .filter(side -> serverId.isEmpty() || serverId.equals(side.agent.serverId().toString()))
        .filter(side -> !access.isCurrent(side.agent))
        .forEach(Side::revoke);
  }

  StreamObserver<TerminalMessage> open(Agent agent, ServerCallStreamObserver<TerminalMessage> out) {
    out.disableAutoRequest();
    out.request(1);
    var side = new Side(agent, out);
    sides.add(side);
    return side;
  }

  /** The agent's side of one terminal. */
  private final class Side implements StreamObserver<TerminalMessage>, TerminalSession.Agent {
    private final Agent agent;
    private final ServerCallStreamObserver<TerminalMessage> out;
    private final Semaphore writable = new Semaphore(0);
    private volatile @Nullable TerminalSession session;
    private volatile boolean closed;

    Side(Agent agent, ServerCallStreamObserver<TerminalMessage> out) {
      this.agent = agent;
      this.out = out;
      out.setOnReadyHandler(writable::release);
      out.setOnCancelHandler(this::gone);
    }

    @Override
    public void onNext(TerminalMessage message) {
      var joined = session;
      if (joined == null) {
        join(message);
      } else if (message.hasEnd()) {
        var end = message.getEnd();
        joined.end(
            end.getError().isEmpty()
                ? new End(end.getExitCode(), null)
                : new End(null, end.getError()));
        out.request(1);
      } else if (message.getData().size() > LARGEST) {
        refuse(Status.INVALID_ARGUMENT.withDescription("at most 64 KiB at a time"));
      } else {
        joined.show(message.getData().toByteArray());
      }
    }

    private void join(TerminalMessage message) {
      var id = AgentText.id(message.getSessionId());
      var found =
          id == null ? null : sessions.of(agent.tenantId(), agent.serverId(), id).orElse(null);
      if (found == null) {
        refuse(Status.NOT_FOUND.withDescription("nobody waits for this terminal"));
        return;
      }
      session = found;
      if (!access.isCurrent(agent)) {
        // Since the call was let in; whoever made it void has not seen it.
        revoke();
      } else if (found.attach(this)) {
        out.request(1);
      } else {
        session = null;
        refuse(Status.ALREADY_EXISTS.withDescription("the terminal has come before"));
      }
    }

    private synchronized void refuse(Status status) {
      if (!closed) {
        closed = true;
        out.onError(status.asRuntimeException());
      }
      gone();
    }

    void revoke() {
      end("the agent's credentials are void");
      refuse(Status.UNAUTHENTICATED.withDescription("the agent's credentials are void"));
    }

    private void gone() {
      sides.remove(this);
      end("the agent is gone");
    }

    private void end(String why) {
      var joined = session;
      if (joined != null) {
        joined.end(new End(null, why));
      }
    }

    @Override
    public void onError(Throwable failure) {
      gone();
    }

    @Override
    public void onCompleted() {
      gone();
      close();
    }

    @Override
    public void more() {
      out.request(1);
    }

    @Override
    public void type(byte[] data) throws InterruptedException {
      send(TerminalMessage.newBuilder().setData(ByteString.copyFrom(data)).build());
    }

    @Override
    public void resize(int columns, int rows) throws InterruptedException {
      send(TerminalMessage.newBuilder().setColumns(columns).setRows(rows).build());
    }

    private void send(TerminalMessage message) throws InterruptedException {
      while (!closed && !out.isReady() && !out.isCancelled()) {
        writable.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        writable.drainPermits();
      }
      synchronized (this) {
        if (!closed && !out.isCancelled()) {
          out.onNext(message);
        }
      }
    }

    @Override
    public synchronized void close() {
      sides.remove(this);
      if (!closed && !out.isCancelled()) {
        closed = true;
        out.onCompleted();
      }
    }
  }
}
