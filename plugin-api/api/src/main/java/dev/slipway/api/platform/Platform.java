package dev.slipway.api.platform;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Facts about this node. */
@ProviderType
public interface Platform {
  /** The platform's version, such as {@code 0.1.0}. */
  String version();

  /** Where the distribution is unpacked. */
  Path home();

  /** The data folder; a bundle keeps files in a sub-folder named like itself. */
  Path data();

  /** Base URL under which clients and agents reach the API. */
  URI publicUrl();

  /** {@code host:port} of the gRPC listener for agents. */
  String grpcAddress();

  /** A setting of the launcher such as {@code slipway.agent}; null where it is not set. */
  @Nullable String setting(String name);
}
