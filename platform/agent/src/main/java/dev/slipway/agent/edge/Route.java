package dev.slipway.agent.edge;

/**
 * Requests for a domain, or for a path of it, and the instance that answers them.
 *
 * @param domain lower-case; {@code *.x} is every name below x
 * @param pathPrefix {@code /x} without a slash at its end, or empty for all paths
 * @param upstreamHost an instance's name, an IP address, or {@code localhost}
 * @param source who set it up, for the list of routes
 */
public record Route(
    String domain, String pathPrefix, String upstreamHost, int upstreamPort, String source) {

  boolean matchesPath(String path) {
    return pathPrefix.isEmpty() || path.equals(pathPrefix) || path.startsWith(pathPrefix + "/");
  }

  boolean hasPlaceOf(Route other) {
    return domain.equals(other.domain) && pathPrefix.equals(other.pathPrefix);
  }
}
