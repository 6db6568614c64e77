package dev.slipway.grpc;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Sends response headers of streams before the first message. Clients made with tonic wait for them
 * with a request time-out, so a stream on which the server has nothing to say yet would never open.
 */
final class EarlyHeaders implements ServerInterceptor {
  @Override
  public <I, O> ServerCall.Listener<I> interceptCall(
      ServerCall<I, O> call, Metadata headers, ServerCallHandler<I, O> next) {
    if (call.getMethodDescriptor().getType().serverSendsOneMessage()) {
      return next.startCall(call, headers);
    }
    return next.startCall(new HeadersOnce<>(call), headers);
  }

  /**
   * Sends headers when the handler starts listening, which is after any refusal by an interceptor
   * further in: a refused call is answered by trailers alone.
   */
  private static final class HeadersOnce<I, O> extends SimpleForwardingServerCall<I, O> {
    private final AtomicBoolean sent = new AtomicBoolean();

    HeadersOnce(ServerCall<I, O> call) {
      super(call);
    }

    @Override
    public void request(int messages) {
      sendHeaders(new Metadata());
      super.request(messages);
    }

    @Override
    public void sendHeaders(Metadata headers) {
      if (sent.compareAndSet(false, true)) {
        super.sendHeaders(headers);
      }
    }
  }
}
