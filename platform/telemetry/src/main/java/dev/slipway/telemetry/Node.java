package dev.slipway.telemetry;

import dev.slipway.api.platform.Platform;
import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** The launcher's settings, as bundles see them. */
@Component
public final class Node implements Platform {
  private final BundleContext context;

  @Activate
  public Node(BundleContext context) {
    this.context = context;
  }

  @Override
  public String version() {
    return required("slipway.version");
  }

  @Override
  public Path home() {
    return Path.of(required("slipway.home"));
  }

  @Override
  public Path data() {
    return Path.of(required("slipway.data"));
  }

  @Override
  public URI publicUrl() {
    var stated = setting("slipway.public.url");
    return URI.create(
        stated != null
            ? stated
            : "http://" + required("slipway.http.host") + ":" + required("slipway.http.port"));
  }

  @Override
  public String grpcAddress() {
    return required("slipway.grpc.host") + ":" + required("slipway.grpc.port");
  }

  @Override
  public @Nullable String setting(String name) {
    return context.getProperty(name);
  }

  private String required(String name) {
    return Objects.requireNonNull(setting(name), () -> name + " is not set");
  }
}
