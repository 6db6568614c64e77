package dev.slipway.agent.wire;

import dev.slipway.proto.agent.v1.AgentServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall;
import io.grpc.ForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the command stream open for ever: opens it, carries results, and opens the next one when it
 * breaks. Commands that run while it breaks go on running; their results are lost, as the contract
 * says.
 */
public final class CommandLink {
  private static final Logger LOG = LoggerFactory.getLogger(CommandLink.class);
  private static final Duration OPEN_LIMIT = Duration.ofSeconds(10);

  private final Backend backend;
  private final Backoff backoff = new Backoff(RandomGenerator.getDefault());
  private volatile @Nullable OpenStream current;
  private volatile boolean open;
  private boolean troubleTold;

  public CommandLink(Backend backend) {
    this.backend = backend;
  }

  /** Runs until interrupted. */
  public void serve(CommandListener listener) {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        live(listener);
        Thread.sleep(backoff.next());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      reconnect();
    }
  }

  /** Whether the control plane has answered the stream that is there now. */
  public boolean isOpen() {
    return open;
  }

  /** Drops the stream; the next one opens after the usual wait. */
  public void reconnect() {
    var stream = current;
    if (stream != null) {
      stream.cancel("the agent closes the stream");
    }
  }

  private void live(CommandListener listener) throws InterruptedException {
    var stream = new OpenStream(listener);
    current = stream;
    backend.dialNow();
    stub(stream).commandStream(stream);
    if (stream.awaitOpen(OPEN_LIMIT)) {
      backoff.reset();
      troubleTold = false;
      open = true;
      LOG.info("The command stream is open");
    }
    var fault = stream.carry();
    open = false;
    current = null;
    if (!troubleTold) {
      troubleTold = true;
      LOG.warn("The command stream ended: {}", fault == null ? "closed" : describe(fault));
    }
  }

  private static String describe(Throwable fault) {
    var status = Status.fromThrowable(fault);
    return status.getCode()
        + (status.getDescription() == null ? "" : " " + status.getDescription());
  }

  private AgentServiceGrpc.AgentServiceStub stub(OpenStream stream) {
    return backend.streaming().withInterceptors(new HeaderWatch(stream));
  }

  /** Tells the stream of its response headers, which grpc-java keeps from stubs. */
  private record HeaderWatch(OpenStream stream) implements ClientInterceptor {
    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(
        MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
      return new ForwardingClientCall.SimpleForwardingClientCall<Q, A>(
          next.newCall(method, options)) {
        @Override
        public void start(Listener<A> responses, Metadata headers) {
          super.start(
              new ForwardingClientCallListener.SimpleForwardingClientCallListener<A>(responses) {
                @Override
                public void onHeaders(Metadata received) {
                  stream.headersArrived();
                  super.onHeaders(received);
                }
              },
              headers);
        }
      };
    }
  }
}
