package dev.slipway.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.proto.agent.v1.CommandType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be wrong with an agent's network, clock and disk. */
class AgentFaultsIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Everybody asks the C library for the time. */
  private static final String CLOCK =
      """
      #define _GNU_SOURCE
      #include <dlfcn.h>
      #include <stdlib.h>
      #include <time.h>
      int clock_gettime(clockid_t id, struct timespec *now) {
        static int (*real)(clockid_t, struct timespec *);
        if (!real) real = dlsym(RTLD_NEXT, "clock_gettime");
        int result = real(id, now);
        if (result == 0 && id == CLOCK_REALTIME) now->tv_sec += atol(getenv("OFF_BY_SECONDS"));
        return result;
      }
      """;

  private static final String SMALL_TMP =
      """
      mount --bind /tmp /mnt
      mount -t tmpfs -o size=16m tmpfs /tmp
      for each in /mnt/*/; do
        here="/tmp/$(basename "$each")"
        mkdir "$here"
        # Others may have removed theirs meanwhile.
        mount --bind "$each" "$here" || rmdir "$here"
      done
      exec "$@"
      """;

  @TempDir Path folder;
  private FakeControlPlane plane;

  @BeforeEach
  void start() throws Exception {
    plane = FakeControlPlane.start();
  }

  @AfterEach
  void stop() throws Exception {
    plane.close();
  }

  private void ping() throws InterruptedException {
    plane.done(CommandType.COMMAND_TYPE_AGENT_PING, "{}");
  }

  @Test
  void aHalfOpenConnectionIsGivenUpForANewOne() throws Exception {
    try (var relay = new Relay(plane.port());
        var agent = AgentProgram.start(folder.resolve("data"), relay.port(), Map.of())) {
      ping();
      Await.until("it reports", () -> !plane.heartbeats.isEmpty());
      relay.loseAll();
      // Only the silence of the other side tells: the agent asks after 30 s and waits for 10.
      Await.atLeisure("another stream is open", () -> plane.streamsOpened() == 2);
      plane.heartbeats.clear();
      ping();
      Await.until("it reports again", () -> !plane.heartbeats.isEmpty());
      assertThat(agent.isAlive()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {30, -30, 24 * 365 * 20})
  void aClockThatIsHoursOffChangesNothing(long hours) throws Exception {
    var off = Duration.ofHours(hours);
    var variables =
        Map.of("LD_PRELOAD", clock().toString(), "OFF_BY_SECONDS", Long.toString(off.toSeconds()));
    try (var agent = AgentProgram.start(folder.resolve("data"), plane.port(), variables)) {
      ping();
      Await.until("it reports", () -> !plane.heartbeats.isEmpty());
      var said = Instant.ofEpochSecond(plane.lastHeartbeat().getTimestamp().getSeconds());
      assertThat(Duration.between(Instant.now().plus(off), said).abs())
          .as("its clock is off")
          .isLessThan(Duration.ofHours(1));
      var first = plane.heartbeats.size();
      Await.until("it goes on", () -> plane.heartbeats.size() > first + 2);
      Await.until("its lines arrive", () -> !plane.logs.isEmpty());
      ping();
      assertThat(agent.isAlive()).isTrue();
    }
  }

  private Path clock() throws Exception {
    var source = Files.writeString(folder.resolve("clock.c"), CLOCK);
    var library = folder.resolve("clock.so");
    try {
      var compiled =
          new ProcessBuilder(
                  "gcc", "-shared", "-fPIC", "-o", library.toString(), source.toString(), "-ldl")
              .inheritIO()
              .start();
      assertThat(compiled.waitFor()).isZero();
    } catch (IOException missing) {
      System.out.println("aClockThatIsHoursOffChangesNothing is skipped: there is no gcc");
      Assumptions.abort("there is no gcc");
    }
    return library;
  }

  /**
   * With a small file system of its own where clones go. This test's files, which lie there too,
   * are bound into it.
   */
  @Test
  void aCloneThatFillsTheDiskFailsAndLeavesNothing() throws Exception {
    if (!mayMount()) {
      System.out.println("aCloneThatFillsTheDisk… is skipped: no file system can be mounted");
      Assumptions.abort("no file system can be mounted");
    }
    var noise = new byte[24 << 20];
    new Random(1).nextBytes(noise);
    var file = Files.write(folder.resolve("noise"), noise);
    var large = SampleRepository.create(folder.resolve("large"));
    large.place(file, "noise");
    large.commit(Map.of("a", "b"));
    var small = SampleRepository.create(folder.resolve("small"));
    small.commit(Map.of("a", "b"));
    var within = List.of("unshare", "--mount", "sh", "-euc", SMALL_TMP, "sh");
    try (var agent = AgentProgram.startWithin(within, folder.resolve("data"), plane.port())) {
      var clone =
          plane.send(CommandType.COMMAND_TYPE_APP_CLONE, order(large)).await(Duration.ofMinutes(2));
      assertThat(clone.status()).isEqualTo("failed");
      assertThat(clone.output()).contains("No space left on device");
      var its = Path.of("/proc", Long.toString(agent.pid()), "root", "tmp");
      assertThat(clones(its)).as("what is left of it").isSubsetOf(clones(Path.of("/tmp")));
      ping();
      plane.done(CommandType.COMMAND_TYPE_APP_CLONE, order(small));
    }
  }

  private static String order(SampleRepository repository) throws IOException {
    return JSON.writeValueAsString(Map.of("repo_url", repository.url()));
  }

  private static Set<String> clones(Path folder) throws IOException {
    try (var all = Files.list(folder)) {
      return all.map(each -> each.getFileName().toString())
          .filter(name -> name.startsWith("deploy-build-"))
          .collect(Collectors.toSet());
    }
  }

  private static boolean mayMount() throws Exception {
    try {
      var tried =
          new ProcessBuilder("unshare", "--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt").start();
      return tried.waitFor(30, TimeUnit.SECONDS) && tried.exitValue() == 0;
    } catch (IOException missing) {
      return false;
    }
  }
}
