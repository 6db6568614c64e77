package dev.slipway.scripting;

import dev.slipway.api.script.ScriptOutcome;
import dev.slipway.api.script.ScriptOutcome.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/**
 * A tenant that runs a script one time after another, until it is told to stop and has run it often
 * enough to say how long that takes.
 */
final class Neighbour {
  private static final int FEWEST = 20;

  private final Callable<ScriptOutcome> script;
  private final CompletableFuture<Seen> seen = new CompletableFuture<>();
  private volatile boolean told;

  /** What it has seen: how long each run took from its wish to its answer, in microseconds. */
  record Seen(List<Long> micros) {
    /** Of so many runs out of a hundred none took longer; microseconds. */
    long percentile(int hundredth) {
      var sorted = micros.stream().sorted().toList();
      return sorted.get((int) Math.ceil(hundredth / 100.0 * sorted.size()) - 1);
    }
  }

  private Neighbour(Callable<ScriptOutcome> script) {
    this.script = script;
  }

  /** One that runs from now on. */
  static Neighbour begin(Callable<ScriptOutcome> script) {
    var neighbour = new Neighbour(script);
    Thread.ofVirtual().name("neighbour").start(neighbour::run);
    return neighbour;
  }

  private void run() {
    var micros = new ArrayList<Long>();
    try {
      while (!told || micros.size() < FEWEST) {
        var began = System.nanoTime();
        var outcome = script.call();
        micros.add((System.nanoTime() - began) / 1000);
        if (outcome.status() != Status.SUCCEEDED
            || !Sandboxes.INNOCENT_RESULT.equals(outcome.result())) {
          throw new AssertionError("the neighbour is harmed: " + outcome);
        }
      }
      seen.complete(new Seen(List.copyOf(micros)));
    } catch (Throwable harm) {
      seen.completeExceptionally(harm);
    }
  }

  /** What it has seen; fails where one of its runs was harmed. */
  Seen end() {
    told = true;
    return seen.join();
  }
}
