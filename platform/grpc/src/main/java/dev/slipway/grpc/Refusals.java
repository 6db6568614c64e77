package dev.slipway.grpc;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.slipway.api.ErrorKind;
import dev.slipway.api.PlatformException;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns whatever a handler throws into a status. A refusal of the platform keeps its sentence and
 * its code (in the trailer {@code slipway-error-code}, and with all else in {@link Details}), an
 * unforeseen failure is logged and tells the client nothing. Texts are cut, because some clients
 * accept 16 KiB of headers only.
 */
final class Refusals implements ServerInterceptor {
  static final Metadata.Key<String> CODE =
      Metadata.Key.of("slipway-error-code", Metadata.ASCII_STRING_MARSHALLER);

  /** Most bytes of a status text. */
  static final int LONGEST_TEXT = 1024;

  private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

  @Override
  public <I, O> ServerCall.Listener<I> interceptCall(
      ServerCall<I, O> call, Metadata headers, ServerCallHandler<I, O> next) {
    var answering = new Answering<>(call);
    try {
      return new Guarded<>(next.startCall(answering, headers), answering);
    } catch (RuntimeException failure) {
      answering.refuse(failure);
      return new ServerCall.Listener<>() {};
    }
  }

  static Status status(ErrorKind kind) {
    return switch (kind) {
      case INVALID, UNPROCESSABLE, UNSUPPORTED_MEDIA -> Status.INVALID_ARGUMENT;
      case UNAUTHENTICATED -> Status.UNAUTHENTICATED;
      case FORBIDDEN -> Status.PERMISSION_DENIED;
      case MISSING, GONE -> Status.NOT_FOUND;
      case CONFLICT -> Status.ABORTED;
      case STALE, PRECONDITION_REQUIRED -> Status.FAILED_PRECONDITION;
      case NOT_IMPLEMENTED -> Status.UNIMPLEMENTED;
      case TOO_LARGE, LIMITED -> Status.RESOURCE_EXHAUSTED;
      case INTERNAL -> Status.INTERNAL;
      case UNAVAILABLE -> Status.UNAVAILABLE;
    };
  }

  static Status shortened(Status status) {
    var text = status.getDescription();
    if (text == null || text.getBytes(StandardCharsets.UTF_8).length <= LONGEST_TEXT) {
      return status;
    }
    // A character has at most 4 bytes of UTF-8, and the header escapes each of those to 3.
    return status.withDescription(text.substring(0, LONGEST_TEXT / 4) + "…");
  }

  private static final class Answering<I, O> extends SimpleForwardingServerCall<I, O> {
    Answering(ServerCall<I, O> call) {
      super(call);
    }

    void refuse(Throwable failure) {
      close(Status.UNKNOWN.withCause(failure), new Metadata());
    }

    @Override
    public void close(Status status, Metadata trailers) {
      var plain =
          status.getCode() == Status.Code.UNKNOWN && status.getCause() != null
              ? ofFailure(status.getCause(), trailers)
              : status;
      super.close(shortened(plain), trailers);
    }

    private Status ofFailure(Throwable failure, Metadata trailers) {
      var refusal = refusal(failure);
      if (refusal != null) {
        var status = shortened(status(refusal.code().kind()).withDescription(refusal.getMessage()));
        trailers.put(CODE, refusal.code().code());
        trailers.put(Details.KEY, Details.of(refusal, status));
        return status;
      }
      if (failure.getCause() instanceof InvalidProtocolBufferException) {
        return Status.INVALID_ARGUMENT.withDescription("The message can not be read.");
      }
      if (failure instanceof StatusRuntimeException known) {
        return known.getStatus();
      }
      LOG.error("gRPC call {} failed", getMethodDescriptor().getFullMethodName(), failure);
      return Status.INTERNAL.withDescription("Something went wrong on our side.");
    }

    private static @Nullable PlatformException refusal(Throwable failure) {
      return failure instanceof PlatformException platform ? platform : null;
    }
  }

  private static final class Guarded<I> extends SimpleForwardingServerCallListener<I> {
    private final Answering<I, ?> call;

    Guarded(ServerCall.Listener<I> listener, Answering<I, ?> call) {
      super(listener);
      this.call = call;
    }

    @Override
    public void onMessage(I message) {
      guarded(() -> super.onMessage(message));
    }

    @Override
    public void onHalfClose() {
      guarded(super::onHalfClose);
    }

    @Override
    public void onReady() {
      guarded(super::onReady);
    }

    private void guarded(Runnable work) {
      try {
        work.run();
      } catch (RuntimeException failure) {
        call.refuse(failure);
      }
    }
  }
}
