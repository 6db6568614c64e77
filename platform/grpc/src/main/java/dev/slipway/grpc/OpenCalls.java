package dev.slipway.grpc;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The calls of one service that are under way, so that they can be ended from outside when the
 * service goes.
 */
final class OpenCalls implements ServerInterceptor {
  private final Set<Tracked<?, ?>> calls = ConcurrentHashMap.newKeySet();
  private volatile boolean gone;

  @Override
  public <I, O> ServerCall.Listener<I> interceptCall(
      ServerCall<I, O> call, Metadata headers, ServerCallHandler<I, O> next) {
    var tracked = new Tracked<>(call);
    calls.add(tracked);
    if (gone) {
      tracked.end(Status.UNAVAILABLE.withDescription("the service is being replaced"));
    }
    return new Ending<>(next.startCall(tracked, headers), tracked);
  }

  /** Ends all of them; calls that still slip in end as well. */
  void endAll(Status status) {
    gone = true;
    calls.forEach(call -> call.end(status));
  }

  /** Ends those that stay open by nature and leaves plain requests to finish. */
  void endStreams(Status status) {
    calls.stream()
        .filter(call -> !call.getMethodDescriptor().getType().serverSendsOneMessage())
        .forEach(call -> call.end(status));
  }

  /**
   * A call may be ended by another thread than its handler's, and grpc-java's calls are not safe
   * for that; hence the lock. What the handler says after the end is dropped.
   */
  private static final class Tracked<I, O> extends SimpleForwardingServerCall<I, O> {
    private final Object lock = new Object();
    private boolean ended;

    Tracked(ServerCall<I, O> call) {
      super(call);
    }

    void end(Status status) {
      close(status, new Metadata());
    }

    boolean ended() {
      synchronized (lock) {
        return ended;
      }
    }

    @Override
    public void close(Status status, Metadata trailers) {
      synchronized (lock) {
        if (!ended) {
          ended = true;
          super.close(status, trailers);
        }
      }
    }

    @Override
    public void sendHeaders(Metadata headers) {
      synchronized (lock) {
        if (!ended) {
          super.sendHeaders(headers);
        }
      }
    }

    @Override
    public void sendMessage(O message) {
      synchronized (lock) {
        if (!ended) {
          super.sendMessage(message);
        }
      }
    }

    @Override
    public void request(int messages) {
      synchronized (lock) {
        super.request(messages);
      }
    }
  }

  private final class Ending<I> extends SimpleForwardingServerCallListener<I> {
    private final Tracked<I, ?> call;

    Ending(ServerCall.Listener<I> listener, Tracked<I, ?> call) {
      super(listener);
      this.call = call;
    }

    @Override
    public void onMessage(I message) {
      if (!call.ended()) {
        super.onMessage(message);
      }
    }

    @Override
    public void onHalfClose() {
      if (!call.ended()) {
        super.onHalfClose();
      }
    }

    @Override
    public void onCancel() {
      calls.remove(call);
      super.onCancel();
    }

    @Override
    public void onComplete() {
      calls.remove(call);
      super.onComplete();
    }
  }
}
