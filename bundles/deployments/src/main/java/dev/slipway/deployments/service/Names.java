package dev.slipway.deployments.service;

import dev.slipway.fleet.Server;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Names on servers; {@code deploy-app-} in front of them is what agents go by. */
public final class Names {
  private static final String PREFIX = "deploy-app-";
  private static final int SHORT = 12;

  private Names() {}

  /** The last digits of the id: its first ones are the time and the same for a minute. */
  static String shortId(UUID id) {
    var text = id.toString();
    return text.substring(text.length() - SHORT);
  }

  static String image(String slug, UUID deploymentId) {
    return PREFIX + slug + ":" + shortId(deploymentId);
  }

  static List<String> containers(String slug, UUID deploymentId, int replicas) {
    var name = PREFIX + slug + "-" + shortId(deploymentId);
    return replicas == 1
        ? List.of(name)
        : IntStream.rangeClosed(1, replicas).mapToObj(number -> name + "-" + number).toList();
  }

  /** The app's host name on a server; null where the server's edge is not known to the platform. */
  public static @Nullable String host(String slug, Server server) {
    var suffix = server.publicHost();
    return suffix == null || suffix.isBlank() ? null : slug + "." + suffix;
  }

  /** Where that host name answers, such as {@code http://hello.localhost:8000}. */
  static @Nullable String url(@Nullable String host, Server server) {
    var edge = server.edgeUrl();
    if (host == null || edge == null) {
      return null;
    }
    var base = URI.create(edge);
    return base.getScheme() + "://" + host + (base.getPort() < 0 ? "" : ":" + base.getPort());
  }
}
