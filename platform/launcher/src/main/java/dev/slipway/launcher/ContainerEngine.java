package dev.slipway.launcher;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Asks whether a Docker-compatible engine answers on this machine; every fault means that none
 * does.
 */
final class ContainerEngine {

  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final String PING = "GET /_ping HTTP/1.0\r\nHost: engine\r\n\r\n";

  private ContainerEngine() {}

  /**
   * @param dockerHost the value of DOCKER_HOST; the usual socket where it is not set
   */
  static boolean answers(Optional<String> dockerHost) throws InterruptedException {
    var address = address(dockerHost.orElse("unix:///var/run/docker.sock"));
    if (address.isEmpty()) {
      return false;
    }
    // A channel read has no time-out of its own; interrupting the thread closes the channel.
    var answered = new AtomicBoolean();
    var probe = Thread.ofVirtual().start(() -> answered.set(ping(address.get())));
    if (!probe.join(TIMEOUT)) {
      probe.interrupt();
    }
    return answered.get();
  }

  private static Optional<SocketAddress> address(String dockerHost) {
    try {
      var uri = URI.create(dockerHost);
      return switch (uri.getScheme()) {
        case "unix" -> Optional.of(UnixDomainSocketAddress.of(uri.getPath()));
        case "tcp", "http" -> Optional.of(new InetSocketAddress(uri.getHost(), uri.getPort()));
        case null, default -> Optional.empty();
      };
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static boolean ping(SocketAddress address) {
    var family =
        address instanceof UnixDomainSocketAddress
            ? StandardProtocolFamily.UNIX
            : StandardProtocolFamily.INET;
    try (var channel = SocketChannel.open(family)) {
      channel.connect(address);
      channel.write(ByteBuffer.wrap(PING.getBytes(StandardCharsets.US_ASCII)));
      var answer = ByteBuffer.allocate(64);
      while (answer.hasRemaining() && channel.read(answer) >= 0) {
        if (answer.position() >= 12) {
          break;
        }
      }
      return new String(answer.array(), 0, answer.position(), StandardCharsets.US_ASCII)
          .matches("(?s)HTTP/1\\.[01] 200.*");
    } catch (IOException _) {
      return false;
    }
  }
}
