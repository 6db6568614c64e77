package dev.slipway.agent.host;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The real engine that tests run containers in, where one answers. */
public final class TestEngine {
  /** What images are made of: no registry is asked for any. */
  public static final Path BUSYBOX = Path.of("/bin/busybox");

  /** A Dockerfile's first lines, where {@link #BUSYBOX} lies in the source. */
  public static final String FROM_BUSYBOX =
      """
      FROM scratch
      COPY busybox /bin/busybox
      RUN ["/bin/busybox","--install","/bin"]
      """;

  private TestEngine() {}

  /** Where it is; the test is skipped, with a printed reason, without one. */
  public static String required(String test) {
    var host = host();
    skipUnless(
        test,
        host != null,
        "no Docker engine: neither DOCKER_HOST nor /var/run/docker.sock answers");
    skipUnless(
        test,
        Files.isExecutable(BUSYBOX),
        "no " + BUSYBOX + " (package busybox-static) to make an image of");
    return String.valueOf(host);
  }

  /** As {@link #required}: what an agent has to know of it. */
  public static Map<String, String> settings(String test) {
    return Map.of("SLIPWAY_AGENT_RUNTIME", "docker", "DOCKER_HOST", required(test));
  }

  public static void skipUnless(String test, boolean condition, String reason) {
    if (!condition) {
      System.out.println(test + " is skipped: " + reason);
    }
    assumeTrue(condition, reason);
  }

  private static @Nullable String host() {
    for (var candidate :
        List.of(System.getenv().getOrDefault("DOCKER_HOST", ""), "unix:///var/run/docker.sock")) {
      if (candidate.startsWith("unix://")) {
        var address = UnixDomainSocketAddress.of(candidate.substring("unix://".length()));
        try (var socket = SocketChannel.open(StandardProtocolFamily.UNIX)) {
          socket.connect(address);
          return candidate;
        } catch (IOException e) {
          System.out.println("no engine at " + candidate + ": " + e.getMessage());
        }
      }
    }
    return null;
  }
}
