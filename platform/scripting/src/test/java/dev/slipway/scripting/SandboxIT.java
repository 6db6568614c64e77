package dev.slipway.scripting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.script.ScriptFault;
import dev.slipway.api.script.ScriptLimit;
import dev.slipway.api.script.ScriptOutcome;
import dev.slipway.api.script.ScriptOutcome.Status;
import dev.slipway.api.script.ScriptTask;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SandboxIT {
  private static final UUID TENANT = UUID.randomUUID();

  /** Nothing inside a JVM ends it. */
  private static final String STUCK =
      "export default () => Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1)";

  private static Sandbox sandbox;

  private final TestHost host = new TestHost();

  @BeforeAll
  static void start() {
    sandbox = Sandboxes.start(1);
  }

  @AfterAll
  static void stop() {
    sandbox.close();
  }

  private ScriptOutcome run(String source) throws InterruptedException {
    return run(source, Duration.ofSeconds(10));
  }

  private ScriptOutcome run(String source, Duration timeout) throws InterruptedException {
    return sandbox.run(
        new ScriptTask(
            TENANT,
            "my-script.js",
            source,
            "{\"n\":20,\"text\":\"\u00e4\ud83d\ude00\"}",
            Set.of("echo", "kv.get", "refuse", "stop"),
            timeout),
        host);
  }

  @Test
  void tellsTheTimeThatItIsGiven() throws Exception {
    var task =
        new ScriptTask(
            TENANT,
            "my-script.js",
            "export default (event, api) => api.now().toISOString()",
            "{}",
            Set.of(),
            Duration.ofSeconds(10));
    assertThat(sandbox.run(task, host, 1_767_225_600_000L).result())
        .isEqualTo("\"2026-01-01T00:00:00.000Z\"");
    assertThat(sandbox.run(task, host).result()).isNotEqualTo("\"2026-01-01T00:00:00.000Z\"");
  }

  @Test
  void passesEventAndResultOnAsTheyAre() throws Exception {
    var outcome = run("export default e => ({ twice: e.n * 2, text: e.text, nothing: undefined })");
    assertThat(outcome.status()).as(outcome.toString()).isEqualTo(Status.SUCCEEDED);
    assertThat(outcome.result()).isEqualTo("{\"twice\":40,\"text\":\"\u00e4\ud83d\ude00\"}");
  }

  @Test
  void awaitsCallsAndGivesEventLogAndNow() throws Exception {
    var outcome =
        run(
            """
            export default async function (event, api) {
              api.log('plain', { a: 1 }, 7);
              api.log.error(new TypeError('odd'));
              const [one, two] = await Promise.all([api.echo(1), api.kv.get('x', 'y')]);
              return [one, two, api.event === event, api.now() instanceof Date];
            }
            """);
    assertThat(outcome.result()).as(outcome.toString()).isEqualTo("[[1],[\"x\",\"y\"],true,true]");
    assertThat(host.lines).containsExactly("info plain {\"a\":1} 7", "error TypeError: odd");
    assertThat(host.calls).containsExactly("echo", "kv.get");
  }

  @Test
  void refusalsCanBeCaughtByCode() throws Exception {
    var outcome =
        run(
            "export default async (e, api) => { try { await api.refuse() } catch (x) { return [x.code, x.message, x instanceof Error] } }");
    assertThat(outcome.result()).contains("auth.forbidden").contains("not you").contains("true");
  }

  @Test
  void stackTracesNameThePlacesOfTheSource() throws Exception {
    var outcome =
        run(
            """
            const inner = value => {
              return value.missing.member;
            };
            export default async function (event, api) {
              await api.echo(1);
              return inner(event);
            }
            """);
    assertThat(outcome.status()).isEqualTo(Status.FAILED);
    var fault = outcome.fault();
    assertThat(fault.message()).startsWith("TypeError:");
    assertThat(fault.line()).as(fault.toString()).isEqualTo(2);
    assertThat(fault.stack()).contains("my-script.js:2:").contains("my-script.js:6:");
    assertThat(fault.stack()).doesNotContain("slipway:");
  }

  @Test
  void whatIsThrownOutsideOfTheFunctionHasAPlaceToo() throws Exception {
    var outcome = run("const a = 1;\nnull.x;\nexport default () => 1");
    assertThat(outcome.status()).isEqualTo(Status.FAILED);
    assertThat(outcome.fault().line()).isEqualTo(2);
  }

  @Test
  void everyRunHasAWorldOfItsOwn() throws Exception {
    run("globalThis.polluted = Object.prototype.polluted = 1; export default () => 1");
    var outcome = run("export default () => [typeof polluted, typeof {}.polluted]");
    assertThat(outcome.result()).isEqualTo("[\"undefined\",\"undefined\"]");
  }

  @Test
  void theHostsLimitIsTheOneThatIsNamed() throws Exception {
    var outcome = run("export default async (e, api) => { await api.stop() }");
    assertThat(outcome.limit()).isEqualTo(ScriptLimit.EFFECTS);
    assertThat(outcome.status()).isEqualTo(Status.LIMIT_EXCEEDED);
  }

  @Test
  void aKilledWorkerIsReplaced() throws Exception {
    var before = sandbox.pids();
    var outcome = run(STUCK, Duration.ofMillis(500));
    // It makes a text of each index: on a fast machine more of them than are allowed, before all
    // else.
    assertThat(outcome.limit())
        .as(outcome.toString())
        .isIn(ScriptLimit.CPU, ScriptLimit.WALL, ScriptLimit.MEMORY);
    Sandboxes.eventually(() -> sandbox.idle() == 2, "the pool is whole again");
    assertThat(sandbox.pids()).isNotEqualTo(before).hasSize(2);
    assertThat(run("export default () => 1").result()).isEqualTo("1");
  }

  @Test
  void aWorkerThatACheckHasKilledPausesNoScripts() throws Exception {
    var tenant = UUID.randomUUID();
    var before = sandbox.pids();
    var faults =
        sandbox.check(
            tenant,
            "a.js",
            "Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1)\nexport default () => 1");
    assertThat(faults).extracting(ScriptFault::message).anyMatch(it -> it.contains("limit"));
    assertThat(sandbox.pauses(tenant)).isFalse();
    Sandboxes.eventually(() -> sandbox.idle() == 2, "the pool is whole again");
    assertThat(sandbox.pids()).as("one was killed").isNotEqualTo(before);
  }

  @Test
  void aQuotedLineDoesNotConfuseTheCheck() throws Exception {
    var before = sandbox.pids();
    assertThat(sandbox.check(TENANT, "a.js", "a:99999999999:1 b\nexport default () => 1"))
        .isNotEmpty()
        .extracting(ScriptFault::message)
        .noneMatch(message -> message.contains("limit"));
    assertThat(sandbox.pids()).isEqualTo(before);
  }

  @Test
  void findsFaultsWithTheirPlaces() throws Exception {
    assertThat(sandbox.check(TENANT, "a.js", "export default () => 1")).isEmpty();
    var faults = sandbox.check(TENANT, "a.js", "export default () => {\n  let x = ;\n}");
    assertThat(faults.getFirst().line()).as(faults.toString()).isEqualTo(2);
    assertThat(faults.getFirst().column()).isEqualTo(11);
    assertThat(faults.getFirst().message()).isNotEmpty().doesNotContain("a.js");
    assertThat(sandbox.check(TENANT, "a.js", "const x = 1"))
        .extracting(ScriptFault::message)
        .anyMatch(message -> message.contains("default"));
    assertThat(sandbox.check(TENANT, "a.js", "import fs from 'fs'; export default () => 1"))
        .isNotEmpty();
    assertThat(sandbox.check(TENANT, "a.js", "export default () =>\n  import('data:,')"))
        .singleElement()
        .satisfies(fault -> assertThat(fault.line()).isEqualTo(2))
        .satisfies(fault -> assertThat(fault.column()).isEqualTo(3));
    assertThat(
            sandbox.check(
                TENANT, "a.js", "const imports = [1]; export default a => a.from + imports.import"))
        .isEmpty();
    assertThat(sandbox.check(TENANT, "a.js", "return 1")).isNotEmpty();
    assertThat(sandbox.check(TENANT, "a.js", "export default () => /(/")).isNotEmpty();
    assertThat(sandbox.check(TENANT, "a.js", "while (true) {}\nexport default () => 1"))
        .extracting(ScriptFault::message)
        .anyMatch(message -> message.contains("limit"));
  }

  /** What the machine offers is used; the rest stands in the log. */
  @Test
  void workersInheritNothing() throws Exception {
    for (var pid : sandbox.pids()) {
      var process = Path.of("/proc/" + pid);
      assertThat(Files.readAllBytes(process.resolve("environ"))).isEmpty();
      var status = Files.readString(process.resolve("status"));
      if (confined()) {
        assertThat(status).contains("NoNewPrivs:\t1").contains("CapEff:\t0000000000000000");
        assertThat(Files.readSymbolicLink(process.resolve("ns/net")))
            .isNotEqualTo(Files.readSymbolicLink(Path.of("/proc/self/ns/net")));
      }
    }
  }

  private static boolean confined() throws Exception {
    return Files.readString(Path.of("/proc/self/status")).contains("Uid:\t0\t0")
        && new ProcessBuilder("unshare", "--net", "true").start().waitFor() == 0;
  }
}
