package dev.slipway.agent.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.agent.Await;
import dev.slipway.agent.logs.Masking;
import dev.slipway.agent.os.AtomicFile;
import dev.slipway.agent.runtime.DeployOrder;
import dev.slipway.agent.runtime.RestartPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An instance whose host has its faults. */
class InstanceIT {
  private static final String NAME = "deploy-app-x-1";
  private static final String COMMAND = "echo ran >> ../runs; echo shown; exec sleep 1000";

  private final Cgroups cgroups =
      Cgroups.ofHost("slipway-it-" + Long.toString(System.nanoTime(), 36));
  @TempDir private Path folder;
  private Instance.Home home;
  private InstanceLog log;
  private Instance instance;

  @BeforeEach
  void prepare() throws Exception {
    home = new Instance.Home(AtomicFile.folder(folder.resolve("instance")));
    AtomicFile.folder(home.app());
    AtomicFile.folder(home.home());
    log = new InstanceLog(folder.resolve("log"), Masking.of(List.of()), (at, error, text) -> {});
    var ports = new Ports();
    var spec =
        new InstanceRecord.Spec(
            NAME,
            "deploy-app-x:1",
            "x",
            COMMAND,
            Map.of(),
            new DeployOrder.Limits(64, 1),
            RestartPolicy.ALWAYS,
            List.of(),
            "");
    var record = new InstanceRecord("id", spec, true, ports.take(), InstanceRecord.History.NONE);
    instance = new Instance(home, record, log, new Instance.Host(cgroups, ports, name -> {}));
  }

  @AfterEach
  void end() throws Exception {
    instance.leave(false);
    cgroups.close(NAME);
  }

  private int runs() throws IOException {
    var runs = home.folder().resolve("runs");
    return Files.exists(runs) ? Files.readAllLines(runs).size() : 0;
  }

  /** Nothing can be written to where a folder with content is. */
  private static void block(Path file) throws IOException {
    Files.deleteIfExists(file);
    Files.createDirectories(file.resolve("in the way"));
  }

  private static void kill(long pid) {
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
  }

  @Test
  void itIsStartedAgainWhereNothingCanBeWritten() throws Exception {
    instance.begin();
    instance.start(Duration.ofSeconds(30));
    Await.until("it runs", () -> runs() == 1);
    block(folder.resolve("log/offsets"));
    block(home.record());
    var first = instance.view().pid();
    kill(first);
    Await.until("it runs again", () -> runs() == 2);
    Await.until("that is seen", () -> instance.view().pid() > 0);
    assertThat(instance.view().pid()).isNotEqualTo(first);
    assertThat(instance.view().record().history().exitCode()).isEqualTo(137);
    instance.leave(false);
    assertThat(instance.view().status()).isEqualTo("exited");
  }

  @Test
  void oneWhoseStartWasNotNotedIsKeptAndStartedAgain() throws Exception {
    var place = new LiveProcess.Place(home.app(), log.out(), log.error(), home.identity());
    var left = LiveProcess.start(COMMAND, Map.of("PATH", "/usr/bin:/bin"), place, LimitGroup.NONE);
    Await.until("it runs", () -> runs() == 1);
    instance.begin();
    instance.start(Duration.ofSeconds(30));
    assertThat(instance.view().pid()).isEqualTo(left.pid());
    assertThat(instance.view().status()).isEqualTo("running");
    assertThat(instance.view().record().history().startedAt()).isNotEmpty();
    kill(left.pid());
    Await.until("it runs again", () -> runs() == 2);
  }
}
