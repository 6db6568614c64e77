package dev.slipway.dist;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The real engine of tests with containers, where one answers. */
final class TestEngine {
  static final Path BUSYBOX = Path.of("/bin/busybox");

  private TestEngine() {}

  /** Where it is; the test is skipped, with a printed reason, without one. */
  static String required(String test) {
    var host = engine();
    skipUnless(test, host != null, "neither DOCKER_HOST nor /var/run/docker.sock answers");
    skipUnless(test, Files.isExecutable(BUSYBOX), "no " + BUSYBOX + " (package busybox-static)");
    return String.valueOf(host);
  }

  static void skipUnless(String test, boolean condition, String reason) {
    if (!condition) {
      System.out.println(test + " is skipped: " + reason);
    }
    assumeTrue(condition, reason);
  }

  /** Whether a program is on the path. */
  static boolean hasProgram(String name) {
    return List.of(System.getenv("PATH").split(":")).stream()
        .anyMatch(path -> Files.isExecutable(Path.of(path, name)));
  }

  private static @Nullable String engine() {
    for (var candidate :
        List.of(System.getenv().getOrDefault("DOCKER_HOST", ""), "unix:///var/run/docker.sock")) {
      if (candidate.startsWith("unix://") && answers(candidate.substring("unix://".length()))) {
        return candidate;
      }
    }
    return null;
  }

  private static boolean answers(String socket) {
    try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      return channel.connect(UnixDomainSocketAddress.of(socket));
    } catch (IOException e) {
      return false;
    }
  }
}
