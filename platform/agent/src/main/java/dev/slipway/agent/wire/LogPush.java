package dev.slipway.agent.wire;

import dev.slipway.agent.logs.LogIdentity;
import dev.slipway.agent.logs.LogSpool;
import dev.slipway.proto.agent.v1.LogAck;
import dev.slipway.proto.agent.v1.LogBatch;
import dev.slipway.proto.agent.v1.LogEntry;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Once a second takes a batch from the spool to the control plane, the same again until it is
 * taken. A batch with lines of an app that the control plane has yet to name waits for that.
 */
public final class LogPush implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(LogPush.class);
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final Backend backend;
  private final LogSpool spool;
  private final LogIdentity identity;
  private final News news;
  private boolean troubleTold;

  public LogPush(Backend backend, LogSpool spool, LogIdentity identity, News news) {
    this.backend = backend;
    this.spool = spool;
    this.identity = identity;
    this.news = news;
  }

  /** Runs until interrupted. */
  @Override
  public void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        pushOnce();
        Thread.sleep(INTERVAL);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void pushOnce() throws InterruptedException {
    try {
      var entries = spool.peek();
      if (identity.awaited(entries, Instant.now())) {
        news.happened();
      } else if (!entries.isEmpty() && push(identity.named(entries))) {
        spool.confirm();
        troubleTold = false;
      }
    } catch (IOException e) {
      tell("the log spool cannot be read: " + e.getMessage());
    }
  }

  private boolean push(List<LogEntry> entries) throws InterruptedException {
    var answer = new CompletableFuture<LogAck>();
    var call =
        backend
            .streaming()
            .withDeadlineAfter(LIMIT.toMillis(), TimeUnit.MILLISECONDS)
            .pushLogs(new Answer(answer));
    call.onNext(
        LogBatch.newBuilder().setServerId(backend.serverId()).addAllEntries(entries).build());
    call.onCompleted();
    try {
      var ack = answer.get(LIMIT.toMillis() * 2, TimeUnit.MILLISECONDS);
      if (!ack.getAccepted()) {
        tell("logs were not accepted: " + ack.getErrorMessage());
      }
      return ack.getAccepted();
    } catch (ExecutionException e) {
      tell("logs could not be sent: " + Status.fromThrowable(e.getCause()).getCode());
      return false;
    } catch (TimeoutException e) {
      tell("logs were not answered in time");
      return false;
    }
  }

  /** Once until it works again: each such line is itself one more to send. */
  private void tell(String trouble) {
    if (!troubleTold) {
      troubleTold = true;
      LOG.warn("Log push: {}", trouble);
    }
  }

  private record Answer(CompletableFuture<LogAck> future) implements StreamObserver<LogAck> {
    @Override
    public void onNext(LogAck ack) {
      future.complete(ack);
    }

    @Override
    public void onError(Throwable fault) {
      future.completeExceptionally(fault);
    }

    @Override
    public void onCompleted() {
      future.completeExceptionally(
          Status.INTERNAL.withDescription("no answer").asRuntimeException());
    }
  }
}
