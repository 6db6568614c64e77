package dev.slipway.grpc;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A call whose handler waits until the client has taken what it was sent, so that nothing piles up
 * in memory.
 */
final class PacedCall<I, O> extends SimpleForwardingServerCall<I, O> {
  private final String requestId;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean over;

  PacedCall(ServerCall<I, O> call, String requestId) {
    super(call);
    this.requestId = requestId;
  }

  /** The client may have taken something. */
  void look() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Nobody listens any more. */
  void end() {
    lock.lock();
    try {
      over = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void sendMessage(O message) {
    awaitReady();
    super.sendMessage(message);
  }

  private void awaitReady() {
    lock.lock();
    try {
      while (!isReady()) {
        if (over) {
          throw gone();
        }
        changed.await();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw gone();
    } finally {
      lock.unlock();
    }
  }

  private static RuntimeException gone() {
    return Status.CANCELLED.withDescription("the call is over").asRuntimeException();
  }

  @Override
  public void close(Status status, Metadata trailers) {
    trailers.put(ClientCalls.REQUEST_ID, requestId);
    super.close(status, trailers);
  }
}
