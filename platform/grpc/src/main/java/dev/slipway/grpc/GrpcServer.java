package dev.slipway.grpc;

import dev.slipway.api.platform.Platform;
import dev.slipway.api.spi.HealthCheck;
import dev.slipway.security.Admission;
import dev.slipway.security.Authenticator;
import io.grpc.BindableService;
import java.io.IOException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the listener at start and serves whatever gRPC service is registered. */
@Component(service = HealthCheck.class, immediate = true)
public final class GrpcServer implements HealthCheck {
  private static final Logger LOG = LoggerFactory.getLogger(GrpcServer.class);

  private final Listener listener;

  @Activate
  public GrpcServer(@Reference Platform platform, @Reference Authenticator authenticator)
      throws IOException {
    try {
      listener = new Listener(ListenerSettings.of(platform), new Admission(authenticator));
    } catch (IOException | IllegalArgumentException refused) {
      LOG.error("{}", refused.getMessage());
      throw refused;
    }
    LOG.info("gRPC listens on port {}", listener.port());
  }

  @Deactivate
  public void close() {
    listener.close();
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  public void addService(BindableService service) {
    listener.add(service);
  }

  public void removeService(BindableService service) {
    listener.remove(service);
  }

  /** The port it listens on. */
  public int port() {
    return listener.port();
  }

  @Override
  public String name() {
    return "grpc";
  }

  @Override
  public Health check() {
    return listener.isOpen() ? new Health(true, "listens") : new Health(false, "closed");
  }
}
