package dev.slipway.scripting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.script.ScriptOutcome;
import dev.slipway.api.script.ScriptOutcome.Status;
import dev.slipway.api.script.ScriptTask;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every attack is contained: its caller gets an answer that names the limit, another tenant's runs
 * beside it and after it are as ever, and no process is left. How long the other tenant's runs took
 * stands in {@code target/attacks.txt} afterwards; no figure is held against a bound, since it is
 * the machine's and what else it does.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AttackIT {
  /** Far above what any attack may take; the limits themselves are a second and less. */
  private static final long LONGEST_SECONDS = 120;

  private static final int WORKERS = 2;
  private static final UUID NEIGHBOUR = UUID.randomUUID();
  private static final Duration ATTACK = Duration.ofSeconds(1);

  /** The machine may be busy; what is looked for is harm, not haste. */
  private static final Duration GENEROUS = Duration.ofSeconds(20);

  /**
   * So many runs, and the workers' just-in-time compiler is through with the neighbour's script.
   */
  private static final int WARM_UP = 500;

  private final Set<Long> seen = new HashSet<>();
  private final Map<String, Neighbour.Seen> beside = new LinkedHashMap<>();
  private Sandbox sandbox;
  private Neighbour.Seen calm;

  @BeforeAll
  void start() throws Exception {
    sandbox = Sandboxes.start(WORKERS);
    for (var i = 0; i < WARM_UP; i++) {
      innocent();
    }
    calm = Neighbour.begin(this::innocent).end();
  }

  static List<Attack> attacks() {
    return Attacks.ALL;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("attacks")
  @Timeout(LONGEST_SECONDS)
  void contained(Attack attack) throws Exception {
    var neighbour = Neighbour.begin(this::innocent);
    var outcome = run(UUID.randomUUID(), attack.source(), ATTACK);
    beside.put(attack.name(), neighbour.end());
    seen.addAll(sandbox.pids());
    switch (attack.containment()) {
      case LIMIT -> assertLimit(outcome);
      case REFUSED -> assertRefused(outcome);
      case EMPTY -> {
        assertThat(outcome.status()).as(outcome.toString()).isEqualTo(Status.SUCCEEDED);
        assertThat(outcome.result()).isEqualTo("[]");
      }
      case HARMLESS -> assertThat(outcome.status()).isNotEqualTo(Status.REJECTED);
    }
  }

  private static void assertLimit(ScriptOutcome outcome) {
    assertThat(outcome.limit()).as(outcome.toString()).isNotNull();
    assertThat(outcome.status())
        .isEqualTo(
            outcome.limit() == dev.slipway.api.script.ScriptLimit.WALL
                ? Status.TIMED_OUT
                : Status.LIMIT_EXCEEDED);
    assertThat(outcome.fault().message()).contains("passed its limit of");
  }

  private static void assertRefused(ScriptOutcome outcome) {
    if (outcome.status() == Status.FAILED) {
      assertThat(outcome.fault().message())
          .isNotEmpty()
          .doesNotContain("java.")
          .doesNotContain("org.graalvm")
          .doesNotContain("The process");
    } else {
      assertLimit(outcome);
    }
  }

  /** It begins at once or on the spare, finds nothing of what was done, and gets its answer. */
  private ScriptOutcome innocent() throws InterruptedException {
    return run(NEIGHBOUR, Sandboxes.INNOCENT, GENEROUS);
  }

  private ScriptOutcome run(UUID tenant, String source, Duration timeout)
      throws InterruptedException {
    var task =
        new ScriptTask(
            tenant,
            "attack.js",
            source,
            "{\"kind\":\"test\",\"items\":[1,2,3]}",
            Set.of("echo", "sleep", "spin", "stop", "fail", "refuse", "crash", "kv.get"),
            timeout);
    return sandbox.run(task, new TestHost());
  }

  @AfterAll
  void nothingIsLeft() throws Exception {
    Sandboxes.eventually(() -> sandbox.pids().size() == WORKERS + 1, "the pool is whole again");
    seen.addAll(sandbox.pids());
    sandbox.close();
    Sandboxes.eventually(
        () -> seen.stream().noneMatch(pid -> Files.exists(Path.of("/proc/" + pid))),
        "no worker is left behind");
    Files.writeString(Path.of("target", "attacks.txt"), report());
  }

  private String report() {
    var lines = new StringBuilder("Another tenant's runs; milliseconds: p50, p99, longest\n");
    line(lines, "undisturbed", calm);
    beside.forEach((attack, runs) -> line(lines, attack, runs));
    var all = beside.values().stream().flatMap(runs -> runs.micros().stream()).toList();
    line(lines, "beside all " + beside.size() + " attacks", new Neighbour.Seen(all));
    return lines.toString();
  }

  private static void line(StringBuilder lines, String what, Neighbour.Seen runs) {
    lines.append(
        String.format(
            Locale.ROOT,
            "%-50s %8.1f %8.1f %8.1f  of %d%n",
            what,
            runs.percentile(50) / 1000.0,
            runs.percentile(99) / 1000.0,
            runs.percentile(100) / 1000.0,
            runs.micros().size()));
  }
}
