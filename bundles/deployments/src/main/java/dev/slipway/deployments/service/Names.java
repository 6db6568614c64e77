package dev.slipway.deployments.service;

import dev.slipway.apps.Environment;
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
  private static final String IN_APP = "--";
  private static final int LONGEST_LABEL = 63;

  private Names() {}

  /** The last digits of the id: its first ones are the time and the same for a minute. */
  static String shortId(UUID id) {
    var text = id.toString();
    return text.substring(text.length() - SHORT);
  }

  public static String image(String slug, UUID deploymentId) {
    return PREFIX + slug + ":" + shortId(deploymentId);
  }

  /** What all containers of a version begin with. */
  static String container(String slug, UUID deploymentId) {
    return PREFIX + slug + "-" + shortId(deploymentId);
  }

  /** Those that answer requests. */
  public static List<String> containers(String slug, UUID deploymentId, int replicas) {
    var name = container(slug, deploymentId);
    return replicas == 1
        ? List.of(name)
        : IntStream.rangeClosed(1, replicas).mapToObj(number -> name + "-" + number).toList();
  }

  /**
   * The label of an app in an environment: two hyphens, as no slug has them, tell it from an app
   * that is called so.
   *
   * @param environment null for production, which has the app's name
   */
  static String label(String slug, @Nullable Environment environment) {
    return environment == null ? slug : label(slug, environment.slug(), environment.id());
  }

  /** The same of an environment that may be gone. */
  public static String label(String slug, String environment, UUID environmentId) {
    var label = slug + IN_APP + environment;
    return label.length() <= LONGEST_LABEL
        ? label
        : slug.substring(0, Math.min(slug.length(), LONGEST_LABEL - IN_APP.length() - SHORT))
            + IN_APP
            + shortId(environmentId);
  }

  /** Whether an image is the same wherever it is fetched. */
  public static boolean isPinned(@Nullable String image) {
    return image != null && image.contains("@sha256:");
  }

  /** A host name on a server; null where the server's edge is not known to the platform. */
  public static @Nullable String host(String label, Server server) {
    var suffix = server.publicHost();
    return suffix == null || suffix.isBlank() ? null : label + "." + suffix;
  }

  /** Where that host name answers, such as {@code http://hello.localhost:8000}. */
  public static @Nullable String url(@Nullable String host, Server server) {
    var edge = server.edgeUrl();
    if (host == null || edge == null) {
      return null;
    }
    var base = URI.create(edge);
    return base.getScheme() + "://" + host + (base.getPort() < 0 ? "" : ":" + base.getPort());
  }
}
