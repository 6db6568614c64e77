package dev.slipway.agent.wire;

import com.google.protobuf.ByteString;
import dev.slipway.proto.agent.v1.TerminalEnd;
import dev.slipway.proto.agent.v1.TerminalMessage;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The two streams of a terminal. Messages are asked for one by one, and data is sent only while the
 * transport takes it: who reads slowly slows the other side down.
 */
public final class TerminalLink
    implements ClientResponseObserver<TerminalMessage, TerminalMessage>, AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(250);
  private static final Duration FAREWELL = Duration.ofSeconds(10);
  private static final TerminalMessage END = TerminalMessage.getDefaultInstance();

  private final ArrayBlockingQueue<TerminalMessage> received = new ArrayBlockingQueue<>(4);
  private final Semaphore writable = new Semaphore(0);
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile boolean ended;
  private volatile boolean finished;
  private @Nullable ClientCallStreamObserver<TerminalMessage> call;

  /** Opens the streams of a session. */
  public static TerminalLink open(Backend backend, String session) {
    var link = new TerminalLink();
    backend.streaming().terminal(link);
    link.call().onNext(TerminalMessage.newBuilder().setSessionId(session).build());
    return link;
  }

  private TerminalLink() {}

  private ClientCallStreamObserver<TerminalMessage> call() {
    var open = call;
    if (open == null) {
      throw new IllegalStateException("not started");
    }
    return open;
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<TerminalMessage> stream) {
    call = stream;
    stream.disableAutoRequestWithInitial(1);
    stream.setOnReadyHandler(writable::release);
  }

  @Override
  public void onNext(TerminalMessage message) {
    // One is asked for at a time, so there is always room.
    received.add(message);
  }

  @Override
  public void onError(Throwable fault) {
    end();
  }

  @Override
  public void onCompleted() {
    end();
  }

  private void end() {
    ended = true;
    received.offer(END);
    writable.release();
    over.countDown();
  }

  /** The next message of the platform; null once there is none any more. */
  public @Nullable TerminalMessage receive() throws InterruptedException {
    while (true) {
      var message = received.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
      if (message != null && message != END) {
        call().request(1);
        return message;
      }
      if (ended && received.isEmpty()) {
        return null;
      }
    }
  }

  /** Sends what the terminal shows; returns when the transport has room again. */
  public void send(byte[] data, int length) throws IOException, InterruptedException {
    while (!ended && !call().isReady()) {
      writable.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS);
      writable.drainPermits();
    }
    if (ended) {
      throw new IOException("the platform has closed the terminal");
    }
    call()
        .onNext(TerminalMessage.newBuilder().setData(ByteString.copyFrom(data, 0, length)).build());
  }

  /** Says how it ended. */
  public void finish(TerminalEnd how) {
    if (!ended) {
      call().onNext(TerminalMessage.newBuilder().setEnd(how).build());
      call().onCompleted();
      finished = true;
    }
  }

  /** Breaks off what was not finished, or whose end the platform does not confirm. */
  @Override
  public void close() throws InterruptedException {
    // To cancel a call discards what is still on its way, and that is how the command ended.
    if (finished) {
      over.await(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
    }
    if (!ended) {
      call().cancel("the terminal ended", Status.CANCELLED.asException());
    }
  }
}
