package dev.slipway.grpc;

import io.grpc.HandlerRegistry;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.util.MutableHandlerRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The services of the moment. While one is being replaced, or has not arrived yet after the start,
 * its calls are answered UNAVAILABLE, which clients try again, and not UNIMPLEMENTED, which some
 * take for final.
 */
final class Services extends HandlerRegistry {
  private final MutableHandlerRegistry present = new MutableHandlerRegistry();
  private final Set<String> known = ConcurrentHashMap.newKeySet();
  private final Set<String> served = ConcurrentHashMap.newKeySet();
  private final long arrivalsEnd;

  /**
   * Without any service.
   *
   * @param arrivalNanos how long after now any service may still arrive
   */
  Services(long arrivalNanos) {
    arrivalsEnd = System.nanoTime() + arrivalNanos;
  }

  void add(ServerServiceDefinition service) {
    known.add(service.getServiceDescriptor().getName());
    present.addService(service);
    served.add(service.getServiceDescriptor().getName());
  }

  void remove(ServerServiceDefinition service) {
    served.remove(service.getServiceDescriptor().getName());
    present.removeService(service);
  }

  @Override
  public List<ServerServiceDefinition> getServices() {
    return present.getServices();
  }

  @Override
  public @Nullable ServerMethodDefinition<?, ?> lookupMethod(
      String methodName, @Nullable String authority) {
    var found = present.lookupMethod(methodName, authority);
    return found != null || !mayCome(methodName) ? found : unavailable(methodName);
  }

  private boolean mayCome(String methodName) {
    var service = MethodDescriptor.extractFullServiceName(methodName);
    return service != null
        && !served.contains(service)
        && (known.contains(service) || System.nanoTime() - arrivalsEnd < 0);
  }

  private static ServerMethodDefinition<byte[], byte[]> unavailable(String methodName) {
    var method =
        MethodDescriptor.newBuilder(new Bytes(), new Bytes())
            .setType(MethodDescriptor.MethodType.UNKNOWN)
            .setFullMethodName(methodName)
            .build();
    return ServerMethodDefinition.create(
        method,
        (call, headers) -> {
          call.close(
              Status.UNAVAILABLE.withDescription("the service is not here; try again"),
              new Metadata());
          return new ServerCall.Listener<>() {};
        });
  }

  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }
}
