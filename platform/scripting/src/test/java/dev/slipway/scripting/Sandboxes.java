package dev.slipway.scripting;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Sandboxes with the worker program that was built. */
final class Sandboxes {
  /** Looks for what others may have left behind. */
  static final String INNOCENT =
      """
      export default async function (event, api) {
        const strange = [];
        for (const key of Reflect.ownKeys(globalThis)) {
          if (/polluted|forged/.test(String(key))) strange.push(String(key));
        }
        if ({}.polluted !== undefined || JSON.parse('1') !== 1) strange.push('built-ins');
        const [told] = await api.echo('hello');
        return { strange, told, sum: event.items.reduce((a, b) => a + b, 0) };
      }
      """;

  static final String INNOCENT_RESULT = "{\"strange\":[],\"told\":\"hello\",\"sum\":6}";

  private static final Duration LONGEST = Duration.ofSeconds(120);

  private Sandboxes() {}

  /** One whose workers are all warm. */
  static Sandbox start(int workers) {
    var sandbox = new Sandbox(WorkerProgram.in(worker()), workers, Duration.ZERO);
    sandbox.warm();
    eventually(() -> sandbox.idle() == workers + 1, "all workers are warm");
    return sandbox;
  }

  /** The folder of the worker program that was built. */
  static Path worker() {
    return Path.of(System.getProperty("slipway.scripting.worker"));
  }

  static void eventually(BooleanSupplier condition, String what) {
    var end = System.nanoTime() + LONGEST.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within " + LONGEST + ": " + what);
      }
      try {
        Thread.sleep(20);
      } catch (InterruptedException interrupted) {
        throw new IllegalStateException(interrupted);
      }
    }
  }
}
