package dev.slipway.cli.api;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A body that can be waited for with a limit, which the JDK's input stream of a body cannot. The
 * next chunk is asked for when the last one was taken, so at most one chunk and the end are queued.
 */
final class ChunkQueue implements BodySubscriber<StreamBody>, StreamBody {
  /** What a wait ends with. */
  sealed interface Chunk {
    record Data(List<ByteBuffer> buffers) implements Chunk {}

    /** The stream is over, regularly or not. */
    record End() implements Chunk {}
  }

  private final BlockingQueue<Chunk> chunks = new LinkedBlockingQueue<>();
  private final CompletableFuture<StreamBody> opened = CompletableFuture.completedFuture(this);
  private volatile Flow.@Nullable Subscription subscription;

  /** The next chunk, or null when none has come in time. */
  @Nullable Chunk poll(Duration wait) throws InterruptedException {
    var chunk = chunks.poll(Math.max(wait.toNanos(), 0), TimeUnit.NANOSECONDS);
    var source = subscription;
    if (chunk instanceof Chunk.Data && source != null) {
      source.request(1);
    }
    return chunk;
  }

  void cancel() {
    var source = subscription;
    if (source != null) {
      source.cancel();
    }
  }

  @Override
  public CompletionStage<StreamBody> getBody() {
    return opened;
  }

  @Override
  public void onSubscribe(Flow.Subscription source) {
    subscription = source;
    source.request(1);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    chunks.add(new Chunk.Data(buffers));
  }

  @Override
  public void onError(Throwable failure) {
    chunks.add(new Chunk.End());
  }

  @Override
  public void onComplete() {
    chunks.add(new Chunk.End());
  }
}
