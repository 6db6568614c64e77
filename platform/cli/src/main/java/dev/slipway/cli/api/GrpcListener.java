package dev.slipway.cli.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Optional;

/** Where a platform says that it can be reached by gRPC. */
final class GrpcListener {
  private GrpcListener() {}

  /**
   * The listener, where credentials are no less safe with it than with the platform itself: over
   * TLS, or unprotected as the platform is and on the same host.
   *
   * @param answer what the platform tells of itself
   * @param platform where it was asked
   */
  static Optional<URI> told(JsonNode answer, URI platform) {
    try {
      return Optional.of(answer.path("grpc_url").asText(""))
          .filter(text -> !text.isEmpty())
          .map(URI::create)
          .filter(url -> url.getHost() != null && isSafe(url, platform));
    } catch (IllegalArgumentException noAddress) {
      return Optional.empty();
    }
  }

  private static boolean isSafe(URI listener, URI platform) {
    return switch (String.valueOf(listener.getScheme())) {
      case "https" -> true;
      case "http" ->
          "http".equals(platform.getScheme()) && listener.getHost().equals(platform.getHost());
      default -> false;
    };
  }
}
