package dev.slipway.scriptworker.graal;

import dev.slipway.scriptworker.wire.Limits;
import dev.slipway.scriptworker.wire.Message;
import java.util.List;

/** Takes the ways that scripts take, without limits that a cold engine would pass. */
final class WarmUp implements Runnable {
  private static final int TIMES = 40;
  private static final Limits LIMITS =
      new Limits(120_000, 120_000, 1000, 1L << 40, 1 << 20, 1 << 20, 1 << 20, 1000);
  private static final List<String> FUNCTIONS = List.of("fetch", "kv.get", "actions.restart");

  private static final String SCRIPT =
      """
      const wait = value => new Promise(resolve => resolve(value));
      class Count { #n = 0; add(by = 1) { this.#n += by; return this.#n; } }
      export default async function (event, api) {
        const { items = [], ...rest } = event;
        api.log.info('warm', rest);
        const stored = await api.kv.get('key');
        await Promise.all([api.fetch('https://example.com'), wait(1)]);
        const byName = new Map(items.map(item => [item.name, item]));
        const words = 'one two-three'.replace(/-(\\w)/g, (all, c) => c.toUpperCase()).split(/\\s+/);
        const count = new Count();
        for (const item of items.filter(item => item.value > 1).sort((a, b) => a.value - b.value)) {
          count.add(item.value ?? 0);
        }
        try {
          if (!stored) throw new Error(`nothing in ${words.join()}`);
        } catch (e) {
          api.log.warn(e.message);
        }
        return { at: new Date(0).toISOString(), total: count.add(), size: byName.size, words };
      }
      """;

  private static final String EVENT =
      "{\"kind\":\"warm\",\"items\":[{\"name\":\"a\",\"value\":3},{\"name\":\"b\",\"value\":2}]}";

  private final GraalEngine engine;

  WarmUp(GraalEngine engine) {
    this.engine = engine;
  }

  @Override
  public void run() {
    var run = new Message.Run("warm", "warm.js", SCRIPT, EVENT, 0, FUNCTIONS, LIMITS);
    for (var i = 0; i < TIMES; i++) {
      var outcome = engine.run(run, Silence.HOST);
      if (!(outcome instanceof Message.Returned)) {
        throw new IllegalStateException("the engine does not run: " + outcome);
      }
    }
    engine.check(new Message.Check("warm.js", SCRIPT, LIMITS));
    engine.check(new Message.Check("warm.js", "export default function (", LIMITS));
    engine.run(
        new Message.Run(
            "fault",
            "fault.js",
            "export default () => { throw new Error('x') }",
            "{}",
            0,
            FUNCTIONS,
            LIMITS),
        Silence.HOST);
  }
}
