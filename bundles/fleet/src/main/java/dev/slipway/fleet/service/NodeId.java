package dev.slipway.fleet.service;

import dev.slipway.api.platform.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Which node of the platform this is; kept in the data folder, so that it is the same after a
 * crash.
 */
@Component(service = NodeId.class)
public final class NodeId {
  private final UUID value;

  @Activate
  public NodeId(@Reference Platform platform) throws IOException {
    var folder = platform.data().resolve("fleet");
    var file = folder.resolve("node");
    if (Files.exists(file)) {
      value = UUID.fromString(Files.readString(file).strip());
    } else {
      value = UUID.randomUUID();
      Files.createDirectories(folder);
      Files.writeString(file, value + "\n");
    }
  }

  /** The id. */
  public UUID value() {
    return value;
  }
}
