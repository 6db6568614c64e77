package dev.slipway.agent.wire;

import dev.slipway.proto.agent.v1.Command;
import dev.slipway.proto.agent.v1.CommandResult;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One life of the command stream. Results pass a bounded queue to one writer that honours the
 * transport's flow control, so a slow control plane slows the commands down and not the heap.
 */
final class OpenStream implements ClientResponseObserver<CommandResult, Command>, ResultSink {
  private static final int QUEUE = 128;
  private static final Duration LOOK = Duration.ofMillis(250);

  private final CommandListener listener;
  private final ArrayBlockingQueue<CommandResult> queue = new ArrayBlockingQueue<>(QUEUE);
  private final Semaphore writable = new Semaphore(0);
  private final CompletableFuture<@Nullable Throwable> end = new CompletableFuture<>();
  private final CompletableFuture<Boolean> opened = new CompletableFuture<>();
  private volatile @Nullable ClientCallStreamObserver<CommandResult> call;

  OpenStream(CommandListener listener) {
    this.listener = listener;
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<CommandResult> stream) {
    call = stream;
    stream.setOnReadyHandler(writable::release);
  }

  /** The server's headers are here: it knows us and the stream stands. */
  void headersArrived() {
    opened.complete(true);
  }

  @Override
  public void onNext(Command command) {
    opened.complete(true);
    listener.accept(command, this);
  }

  @Override
  public void onError(Throwable fault) {
    opened.complete(false);
    end.complete(fault);
  }

  @Override
  public void onCompleted() {
    opened.complete(false);
    end.complete(null);
  }

  /** False when the stream ended before its headers came or they took too long. */
  boolean awaitOpen(Duration limit) throws InterruptedException {
    try {
      return opened.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      cancel("no answer from the control plane");
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Writes results until the stream ends; returns why it ended, null for an orderly end. */
  @Nullable Throwable carry() throws InterruptedException {
    try {
      while (!end.isDone()) {
        var result = queue.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
        if (result != null && awaitWritable()) {
          write(result);
        }
      }
      return end.getNow(null);
    } finally {
      end.complete(null);
      queue.clear();
    }
  }

  private boolean awaitWritable() throws InterruptedException {
    var stream = call;
    while (stream != null && !stream.isReady() && !end.isDone()) {
      writable.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS);
      writable.drainPermits();
    }
    return stream != null && !end.isDone();
  }

  private void write(CommandResult result) {
    var stream = call;
    if (stream != null) {
      try {
        stream.onNext(result);
      } catch (IllegalStateException e) {
        // The call was closed between the look and the write; its end is already on the way here.
        end.complete(e);
      }
    }
  }

  @Override
  public void send(CommandResult result) throws InterruptedException {
    while (!end.isDone()) {
      if (queue.offer(result, LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    }
  }

  void cancel(String reason) {
    var stream = call;
    if (stream != null) {
      stream.cancel(reason, null);
    }
  }
}
