package dev.slipway.scripting;

import dev.slipway.api.CommonError;
import dev.slipway.api.script.ScriptHost;
import dev.slipway.api.script.ScriptLimit;
import dev.slipway.api.script.ScriptStop;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A host whose functions answer, wait, refuse and fail. */
final class TestHost implements ScriptHost {
  final List<String> lines = new CopyOnWriteArrayList<>();
  final List<String> calls = new CopyOnWriteArrayList<>();

  @Override
  public String call(String function, String arguments) throws InterruptedException, ScriptStop {
    calls.add(function);
    return switch (function) {
      case "sleep" -> {
        new CountDownLatch(1).await();
        yield "null";
      }
      case "spin" -> {
        while (!Thread.currentThread().isInterrupted()) {
          Thread.onSpinWait();
        }
        throw new InterruptedException();
      }
      case "stop" -> throw new ScriptStop(ScriptLimit.EFFECTS);
      case "refuse" -> throw CommonError.FORBIDDEN.of("not you");
      case "fail", "crash" -> throw new IllegalStateException("secret-detail");
      default -> arguments;
    };
  }

  @Override
  public void log(String level, String text) {
    lines.add(level + " " + text);
  }
}
