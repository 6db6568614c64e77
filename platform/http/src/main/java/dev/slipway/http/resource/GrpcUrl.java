package dev.slipway.http.resource;

import dev.slipway.api.platform.Platform;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where clients reach the gRPC listener. */
final class GrpcUrl {
  private static final List<String> ANY_ADDRESS = List.of("0.0.0.0:", "[::]:", ":::");

  private GrpcUrl() {}

  /**
   * What the operator has stated; else the listener itself, unless clients come another way or it
   * listens at all addresses, whose names are not known.
   */
  static @Nullable String of(Platform platform) {
    var stated = platform.setting("slipway.public.grpc.url");
    if (stated != null) {
      return stated;
    }
    var address = platform.grpcAddress();
    var unknown =
        platform.setting("slipway.public.url") != null
            || ANY_ADDRESS.stream().anyMatch(address::startsWith);
    return unknown ? null : "http://" + address;
  }
}
