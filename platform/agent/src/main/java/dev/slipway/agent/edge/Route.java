package dev.slipway.agent.edge;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Requests for a domain, or for a path of it, and the instances that answer them.
 *
 * @param domain lower-case; {@code *.x} is every name below x
 * @param pathPrefix {@code /x} without a slash at its end, or empty for all paths
 * @param upstreamHost an instance's name, an IP address, or {@code localhost}
 * @param source who set it up, for the list of routes
 * @param shares how the requests are divided; empty where all go to the upstream
 */
public record Route(
    String domain,
    String pathPrefix,
    String upstreamHost,
    int upstreamPort,
    String source,
    List<Share> shares) {

  /**
   * A part of the requests.
   *
   * @param weight against the sum of the weights of all shares
   */
  public record Share(String upstreamHost, int upstreamPort, int weight) {}

  /** The file of an agent that knew no shares has none. */
  public Route(
      String domain,
      String pathPrefix,
      String upstreamHost,
      int upstreamPort,
      String source,
      @Nullable List<Share> shares) {
    this.domain = domain;
    this.pathPrefix = pathPrefix;
    this.upstreamHost = upstreamHost;
    this.upstreamPort = upstreamPort;
    this.source = source;
    this.shares = List.copyOf(Objects.requireNonNullElse(shares, List.of()));
  }

  /** All requests to one upstream. */
  public static Route to(
      String domain, String pathPrefix, String upstreamHost, int upstreamPort, String source) {
    return new Route(domain, pathPrefix, upstreamHost, upstreamPort, source, List.of());
  }

  /** Whether any request goes to this instance. */
  public boolean leadsTo(String instance) {
    return shares.isEmpty()
        ? upstreamHost.equals(instance)
        : shares.stream().anyMatch(share -> share.upstreamHost().equals(instance));
  }

  /** Whose turn is taken where nothing is divided. */
  Share whole() {
    return new Share(upstreamHost, upstreamPort, 1);
  }

  boolean matchesPath(String path) {
    return pathPrefix.isEmpty() || path.equals(pathPrefix) || path.startsWith(pathPrefix + "/");
  }

  boolean hasPlaceOf(Route other) {
    return domain.equals(other.domain) && pathPrefix.equals(other.pathPrefix);
  }
}
