package dev.slipway.grpc;

import dev.slipway.api.Ids;
import dev.slipway.security.Admission;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.net.InetSocketAddress;

/**
 * Lets in whoever may call a method that is marked as an operation, by the same rules as over HTTP,
 * and has each call served by a thread of its own, which waits where its client reads slowly.
 */
final class ClientCalls implements ServerInterceptor {
  static final Metadata.Key<String> REQUEST_ID =
      Metadata.Key.of("x-request-id", Metadata.ASCII_STRING_MARSHALLER);

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final Metadata.Key<String> TENANT =
      Metadata.Key.of("x-tenant-id", Metadata.ASCII_STRING_MARSHALLER);

  private final Admission admission;
  private final MarkedMethods operations;

  ClientCalls(Admission admission, MarkedMethods operations) {
    this.admission = admission;
    this.operations = operations;
  }

  @Override
  public <I, O> ServerCall.Listener<I> interceptCall(
      ServerCall<I, O> call, Metadata headers, ServerCallHandler<I, O> next) {
    var op = operations.of(call.getMethodDescriptor().getBareMethodName());
    if (op == null) {
      return next.startCall(call, headers);
    }
    var id = Ids.next().toString();
    var given =
        new Admission.Credentials(headers.get(AUTHORIZATION), headers.get(TENANT), id, peer(call));
    var caller = admission.admit(op.access(), given);
    var paced = new PacedCall<>(call, id);
    return new OwnThread<>(next.startCall(paced, headers), paced, op, caller);
  }

  private static String peer(ServerCall<?, ?> call) {
    return call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR)
            instanceof InetSocketAddress address
        ? address.getAddress().getHostAddress()
        : "";
  }
}
