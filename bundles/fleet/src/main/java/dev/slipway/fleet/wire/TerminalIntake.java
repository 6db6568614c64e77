package dev.slipway.fleet.wire;

import com.google.protobuf.ByteString;
import dev.slipway.fleet.service.AgentAccess.Agent;
import dev.slipway.fleet.service.TerminalSession;
import dev.slipway.fleet.service.TerminalSession.End;
import dev.slipway.fleet.service.TerminalSessions;
import dev.slipway.proto.agent.v1.TerminalMessage;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Joins agents that come with a terminal to the clients that wait for one. */
@Component(service = TerminalIntake.class)
public final class TerminalIntake {
  private static final int LARGEST = 64 * 1024;
  private static final long LOOK_MILLIS = 250;

  private final TerminalSessions sessions;

  @Activate
  public TerminalIntake(@Reference TerminalSessions sessions) {
    this.sessions = sessions;
  }

  StreamObserver<TerminalMessage> open(Agent agent, ServerCallStreamObserver<TerminalMessage> out) {
    out.disableAutoRequest();
    out.request(1);
    return new Side(agent, out);
  }

  /** The agent's side of one terminal. */
  private final class Side implements StreamObserver<TerminalMessage>, TerminalSession.Agent {
    private final Agent agent;
    private final ServerCallStreamObserver<TerminalMessage> out;
    private final Semaphore writable = new Semaphore(0);
    private @Nullable TerminalSession session;
    private boolean closed;

    Side(Agent agent, ServerCallStreamObserver<TerminalMessage> out) {
      this.agent = agent;
      this.out = out;
      out.setOnReadyHandler(writable::release);
      out.setOnCancelHandler(this::gone);
    }

    @Override
    public void onNext(TerminalMessage message) {
      if (session == null) {
        join(message);
      } else if (message.hasEnd()) {
        var end = message.getEnd();
        session.end(
            end.getError().isEmpty()
                ? new End(end.getExitCode(), null)
                : new End(null, end.getError()));
        out.request(1);
      } else if (message.getData().size() > LARGEST) {
        refuse(Status.INVALID_ARGUMENT.withDescription("at most 64 KiB at a time"));
      } else {
        session.show(message.getData().toByteArray());
      }
    }

    private void join(TerminalMessage message) {
      var id = AgentText.id(message.getSessionId());
      var found = id == null ? null : sessions.of(agent.serverId(), id).orElse(null);
      if (found == null) {
        refuse(Status.NOT_FOUND.withDescription("nobody at this node waits for this terminal"));
        return;
      }
      session = found;
      if (found.attach(this)) {
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

    private void gone() {
      var joined = session;
      if (joined != null) {
        joined.end(new End(null, "the agent is gone"));
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
      while (!out.isReady() && !out.isCancelled()) {
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
      if (!closed && !out.isCancelled()) {
        closed = true;
        out.onCompleted();
      }
    }
  }
}
