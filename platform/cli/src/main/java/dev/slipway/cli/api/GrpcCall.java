package dev.slipway.cli.api;

import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One streaming call, whose messages become chunks of an event stream as they are asked for. */
final class GrpcCall<Q, A> extends ClientCall.Listener<A> {
  private final ChunkQueue chunks = new ChunkQueue();
  private final ClientCall<Q, A> call;
  private final Function<A, String> event;
  private volatile @Nullable Status end;

  GrpcCall(ClientCall<Q, A> call, Function<A, String> event) {
    this.call = call;
    this.event = event;
  }

  ChunkQueue start(Q request, Metadata headers) {
    call.start(this, headers);
    call.sendMessage(request);
    call.halfClose();
    chunks.onSubscribe(
        new Flow.Subscription() {
          @Override
          public void request(long messages) {
            call.request((int) messages);
          }

          @Override
          public void cancel() {
            call.cancel("no longer followed", null);
          }
        });
    return chunks;
  }

  /** The platform has said that nothing more will come. */
  boolean isOver() {
    return end != null && end.isOk();
  }

  /** It would be refused again. */
  boolean isRefused() {
    return end != null && !end.isOk() && end.getCode() != Status.Code.UNAVAILABLE;
  }

  @Override
  public void onMessage(A message) {
    chunks.onNext(List.of(ByteBuffer.wrap(event.apply(message).getBytes(StandardCharsets.UTF_8))));
  }

  @Override
  public void onClose(Status status, Metadata trailers) {
    end = status;
    chunks.onComplete();
  }
}
