package dev.slipway.grpc;

import dev.slipway.api.platform.Platform;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where to listen, and how.
 *
 * @param address the listener; port 0 takes a free one
 * @param tls the key pair; null for plaintext
 * @param pingAllowed shortest interval of a client's pings; those that ping more often are sent
 *     away
 * @param arrivals how long after the start a service that is not there yet is said to come
 * @param plaintextBeside a further listener without TLS beside one with TLS, for agents that can
 *     not verify a certificate of ours; null for none
 */
record ListenerSettings(
    InetSocketAddress address,
    @Nullable KeyPair tls,
    @Nullable InetSocketAddress plaintextBeside,
    Duration pingAllowed,
    Duration arrivals) {
  /** Agents ping every 30 s, also while idle. */
  static final Duration PING_ALLOWED = Duration.ofSeconds(20);

  /** Bundles that serve something start in the seconds after this one. */
  static final Duration ARRIVALS = Duration.ofSeconds(60);

  /** PEM files: certificate chain and PKCS#8 key. */
  record KeyPair(Path certificate, Path key) {}

  private static final String DEFAULT_HOST = "127.0.0.1";
  private static final String DEFAULT_PORT = "8081";

  /**
   * Reads the launcher's settings.
   *
   * @throws IllegalArgumentException with one line for the operator where they can not be used
   */
  static ListenerSettings of(Platform platform) {
    var address =
        resolve(
            Objects.requireNonNullElse(platform.setting("slipway.grpc.host"), DEFAULT_HOST),
            Objects.requireNonNullElse(platform.setting("slipway.grpc.port"), DEFAULT_PORT));
    var tls = keyPair(platform);
    var open = "allow".equals(platform.setting("slipway.grpc.plaintext"));
    var beside = beside(platform.setting("slipway.grpc.plaintext.address"));
    if (tls == null && beside != null) {
      throw new IllegalArgumentException(
          "slipway.grpc.plaintext.address needs slipway.grpc.tls.cert: without it"
              + " the listener is plaintext already");
    }
    requireSafe(tls == null ? address : beside, open);
    return new ListenerSettings(address, tls, beside, PING_ALLOWED, ARRIVALS);
  }

  private static void requireSafe(@Nullable InetSocketAddress plaintext, boolean open) {
    if (plaintext != null && !open && !plaintext.getAddress().isLoopbackAddress()) {
      throw new IllegalArgumentException(
          "gRPC without TLS listens on loopback only, not on "
              + plaintext.getHostString()
              + ": set slipway.grpc.tls.cert and slipway.grpc.tls.key,"
              + " or slipway.grpc.plaintext=allow on a network that you trust");
    }
  }

  private static @Nullable KeyPair keyPair(Platform platform) {
    var certificate = platform.setting("slipway.grpc.tls.cert");
    var key = platform.setting("slipway.grpc.tls.key");
    if (certificate == null && key == null) {
      return null;
    }
    if (certificate == null || key == null) {
      throw new IllegalArgumentException(
          "slipway.grpc.tls.cert and slipway.grpc.tls.key must be set together");
    }
    return new KeyPair(readable(Path.of(certificate)), readable(Path.of(key)));
  }

  private static Path readable(Path file) {
    if (!Files.isReadable(file)) {
      throw new IllegalArgumentException("can not read " + file);
    }
    return file;
  }

  private static @Nullable InetSocketAddress beside(@Nullable String address) {
    if (address == null) {
      return null;
    }
    var colon = address.lastIndexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException("slipway.grpc.plaintext.address must be HOST:PORT");
    }
    return resolve(address.substring(0, colon), address.substring(colon + 1));
  }

  private static InetSocketAddress resolve(String host, String port) {
    try {
      return new InetSocketAddress(InetAddress.getByName(host), Integer.parseInt(port));
    } catch (UnknownHostException unknown) {
      throw new IllegalArgumentException("gRPC can not listen on unknown host " + host);
    } catch (IllegalArgumentException bad) {
      throw new IllegalArgumentException("gRPC can not listen on port " + port);
    }
  }
}
