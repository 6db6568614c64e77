package dev.slipway.admin.service;

import dev.slipway.admin.Node;
import dev.slipway.api.Ids;
import dev.slipway.api.Times;
import dev.slipway.api.platform.Platform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Who this node is. */
@Component(service = Identity.class)
public final class Identity {
  private final Platform platform;
  private final UUID id;
  private final String hostname;
  private final Instant started = Times.now();

  @Activate
  public Identity(@Reference Platform platform) {
    this.platform = platform;
    id = id(platform.data().resolve("admin").resolve("node"));
    hostname = hostname();
  }

  private static UUID id(Path file) {
    try {
      if (Files.exists(file)) {
        return UUID.fromString(Files.readString(file).strip());
      }
      var id = Ids.next();
      Files.createDirectories(file.getParent());
      Files.writeString(file, id + "\n");
      return id;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static String hostname() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      return "localhost";
    }
  }

  /** This node, alive at this time. */
  Node at(Instant now) {
    var region = Objects.requireNonNullElse(platform.setting("slipway.region"), "");
    return new Node(id, hostname, region, platform.version(), started, now);
  }
}
