package dev.slipway.grpc;

import dev.slipway.security.Admission;
import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The open ports, and the services behind them, which come and go. */
final class Listener implements AutoCloseable {
  static final int LARGEST_MESSAGE = 30 * 1024 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
  private static final int CALLS_PER_CONNECTION = 256;
  private static final long PING_SECONDS = 30;
  private static final long PING_TIMEOUT_SECONDS = 10;
  private static final long HANDSHAKE_SECONDS = 15;
  private static final long GRACE_SECONDS = 5;

  private final Services registry;
  private final Admission admission;
  private final HealthStatusManager health = new HealthStatusManager();
  private final Map<String, Served> services = new ConcurrentHashMap<>();
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Server> servers = new ArrayList<>();

  private record Served(BindableService service, ServerServiceDefinition bound, OpenCalls calls) {}

  /**
   * Opens the ports.
   *
   * @throws IOException with one line for the operator, such as that the port is taken
   */
  Listener(ListenerSettings settings, Admission admission) throws IOException {
    this.admission = admission;
    registry = new Services(settings.arrivals().toNanos());
    try {
      servers.add(open(settings.address(), settings.tls(), settings.pingAllowed()));
      var beside = settings.plaintextBeside();
      if (beside != null) {
        servers.add(open(beside, null, settings.pingAllowed()));
      }
    } catch (IOException | IllegalArgumentException failure) {
      close();
      throw failure;
    }
  }

  /** The port of the first listener. */
  int port() {
    return servers.getFirst().getPort();
  }

  boolean isOpen() {
    return servers.stream().noneMatch(Server::isShutdown);
  }

  /**
   * Serves one more service.
   *
   * @return false where another service has its name, which keeps it, or where some of its methods
   *     are marked as operations and some are not
   */
  synchronized boolean add(BindableService service) {
    var definition = service.bindService();
    var name = definition.getServiceDescriptor().getName();
    if (services.containsKey(name)) {
      LOG.error("gRPC service {} is offered twice; the first one stays", name);
      return false;
    }
    var operations = MarkedMethods.of(service, definition.getServiceDescriptor());
    if (!operations.gaps().isEmpty()) {
      LOG.error("gRPC service {} is refused: no @Op at {}", name, operations.gaps());
      return false;
    }
    var calls = new OpenCalls();
    // The last one sees a call first. Messages are read inside of them all: what can not be read is
    // refused like anything else, and not a failure of ours with its stack in the log.
    var bound =
        ServerInterceptors.intercept(
            ServerInterceptors.useInputStreamMessages(definition),
            new ClientCalls(admission, operations),
            new Refusals(),
            new EarlyHeaders(),
            calls);
    services.put(name, new Served(service, bound, calls));
    registry.add(bound);
    health.setStatus(name, io.grpc.health.v1.HealthCheckResponse.ServingStatus.SERVING);
    return true;
  }

  /** Stops serving a service and ends its calls. */
  synchronized void remove(BindableService service) {
    services.values().stream()
        .filter(served -> served.service() == service)
        .toList()
        .forEach(this::remove);
  }

  private void remove(Served served) {
    var name = served.bound().getServiceDescriptor().getName();
    health.clearStatus(name);
    registry.remove(served.bound());
    services.remove(name);
    served.calls().endAll(Status.UNAVAILABLE.withDescription("the service is stopped; try again"));
  }

  private Server open(
      InetSocketAddress address, ListenerSettings.@Nullable KeyPair tls, Duration pingAllowed)
      throws IOException {
    var builder =
        NettyServerBuilder.forAddress(address)
            .executor(executor)
            .fallbackHandlerRegistry(registry)
            .addService(health.getHealthService())
            .addService(ProtoReflectionServiceV1.newInstance())
            .maxInboundMessageSize(LARGEST_MESSAGE)
            .maxConcurrentCallsPerConnection(CALLS_PER_CONNECTION)
            .handshakeTimeout(HANDSHAKE_SECONDS, TimeUnit.SECONDS)
            .permitKeepAliveTime(pingAllowed.toMillis(), TimeUnit.MILLISECONDS)
            .permitKeepAliveWithoutCalls(true)
            // Finds peers that vanished without a word; otherwise their streams would look open for
            // ever.
            .keepAliveTime(PING_SECONDS, TimeUnit.SECONDS)
            .keepAliveTimeout(PING_TIMEOUT_SECONDS, TimeUnit.SECONDS);
    if (tls != null) {
      builder.useTransportSecurity(tls.certificate().toFile(), tls.key().toFile());
    }
    try {
      return builder.build().start();
    } catch (IOException failure) {
      throw new IOException("gRPC can not listen on " + text(address) + ": " + why(failure));
    }
  }

  private static String text(InetSocketAddress address) {
    return address.getHostString() + ":" + address.getPort();
  }

  private static String why(Throwable failure) {
    var root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }

  /** Takes no new calls, ends streams, lets requests finish for at most 5 s. */
  @Override
  public synchronized void close() {
    if (executor.isShutdown()) {
      return;
    }
    health.enterTerminalState();
    servers.forEach(Server::shutdown);
    services
        .values()
        .forEach(
            served ->
                served
                    .calls()
                    .endStreams(Status.UNAVAILABLE.withDescription("the platform is stopping")));
    var until = System.nanoTime() + TimeUnit.SECONDS.toNanos(GRACE_SECONDS);
    try {
      for (var server : servers) {
        if (!server.awaitTermination(until - System.nanoTime(), TimeUnit.NANOSECONDS)) {
          server.shutdownNow().awaitTermination(1, TimeUnit.SECONDS);
        }
      }
    } catch (InterruptedException interrupted) {
      servers.forEach(Server::shutdownNow);
      Thread.currentThread().interrupt();
    }
    executor.shutdown();
  }
}
