package dev.slipway.agent.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubprocessIT {
  @TempDir Path folder;
  private final List<String> lines = new CopyOnWriteArrayList<>();

  private Subprocess shell(String command, Duration limit) {
    return new Subprocess(
        List.of("/bin/sh", "-c", command),
        Map.of("PATH", "/usr/bin:/bin", "A", "b"),
        folder,
        limit);
  }

  @Test
  void environmentIsExactlyTheGivenOne() throws Exception {
    assertThat(shell("env", Duration.ofSeconds(20)).run(lines::add)).isZero();
    assertThat(lines).allMatch(l -> l.matches("(PATH|A|PWD|OLDPWD|SHLVL|_)=.*")).contains("A=b");
  }

  @Test
  void exitCodeAndAllOutputArrive() throws Exception {
    int code = shell("seq 1 20000; echo end >&2; exit 7", Duration.ofSeconds(30)).run(lines::add);
    assertThat(code).isEqualTo(7);
    assertThat(lines).hasSize(20_001).last().isEqualTo("end");
  }

  @Test
  void whatItStartedEndsWithIt() throws Exception {
    shell("sleep 300 & echo $!; exit 0", Duration.ofSeconds(20)).run(lines::add);
    assertThat(ProcFs.stat(Long.parseLong(lines.getFirst())).filter(s -> !s.isZombie())).isEmpty();
  }

  @Test
  void timeLimitKillsAll() {
    assertThatThrownBy(
            () -> shell("sleep 300 & echo $!; wait", Duration.ofMillis(500)).run(lines::add))
        .isInstanceOf(TimeoutException.class);
    assertThat(ProcFs.stat(Long.parseLong(lines.getFirst())).filter(s -> !s.isZombie())).isEmpty();
  }

  @Test
  void interruptKillsAll() throws Exception {
    var pidFile = folder.resolve("pid");
    var runner =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    shell("echo $$ > pid.new; mv pid.new pid; sleep 300", Duration.ofMinutes(5))
                        .run(lines::add);
                  } catch (Exception e) {
                    lines.add(e.getClass().getSimpleName());
                  }
                });
    while (!Files.exists(pidFile)) {
      Thread.sleep(10);
    }
    runner.interrupt();
    assertThat(runner.join(Duration.ofSeconds(20))).isTrue();
    assertThat(lines).containsExactly("InterruptedException");
    assertThat(
            ProcFs.stat(Long.parseLong(Files.readString(pidFile).strip()))
                .filter(s -> !s.isZombie()))
        .isEmpty();
  }

  @Test
  void statLinesWithOddNamesAreRead() {
    var stat =
        ProcFs.Stat.parse(
            "42 (a) b (c) S 1 40 39 0 -1 4194560 1 0 0 0 7 3 0 0 20 0 1 0 12345 1000 99"
                + " 18446744073709551615");
    assertThat(stat.name()).isEqualTo("a) b (c");
    assertThat(stat.session()).isEqualTo(39);
    assertThat(stat.startTicks()).isEqualTo(12345);
    assertThat(stat.cpuTicks()).isEqualTo(10);
    assertThat(stat.residentPages()).isEqualTo(99);
  }
}
