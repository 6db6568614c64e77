package dev.slipway.grpc;

import dev.slipway.api.Caller;
import dev.slipway.api.CurrentOperation;
import dev.slipway.api.rest.Op;
import io.grpc.Context;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Runs the handler of a call, which may block as long as the call lasts, beside the thread that
 * tells that the client is ready or gone. It is interrupted when the call is over.
 */
final class OwnThread<I> extends SimpleForwardingServerCallListener<I> {
  private final PacedCall<I, ?> call;
  private final Op op;
  private final Caller caller;
  private volatile @Nullable Thread thread;

  OwnThread(ServerCall.Listener<I> handler, PacedCall<I, ?> call, Op op, Caller caller) {
    super(handler);
    this.call = call;
    this.op = op;
    this.caller = caller;
  }

  @Override
  public void onHalfClose() {
    var work = Context.current().wrap(() -> CurrentOperation.bound(this::serve));
    thread = Thread.ofVirtual().name("grpc-" + op.value()).start(work);
  }

  private void serve() {
    // What is read alone is streamed; what is answered at once changes something.
    var changes = call.getMethodDescriptor().getType() == MethodType.UNARY;
    Objects.requireNonNull(CurrentOperation.get())
        .identify(op.value(), caller, changes || op.audited());
    try {
      super.onHalfClose();
    } catch (RuntimeException failure) {
      call.close(Status.UNKNOWN.withCause(failure), new Metadata());
    }
  }

  @Override
  public void onReady() {
    call.look();
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
    call.end();
    var running = thread;
    if (running != null) {
      running.interrupt();
    }
  }
}
