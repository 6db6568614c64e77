package dev.slipway.agent.runtime.process;

import dev.slipway.agent.os.LineSink;
import dev.slipway.agent.os.Subprocess;
import dev.slipway.agent.runtime.ReleaseOrder;
import dev.slipway.agent.runtime.RuntimeRefusal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/**
 * The commands of a release hook in a copy of an app's folder. They share the host's network as the
 * app does.
 */
record ReleaseRun(ReleaseOrder order, Path app, Map<String, String> environment) {
  void run(LineSink lines) throws RuntimeRefusal, IOException, InterruptedException {
    var end = System.nanoTime() + order.limit().toNanos();
    for (var command : order.commands()) {
      lines.line(ReleaseOrder.shown(command));
      int code = run(command, Duration.ofNanos(Math.max(0, end - System.nanoTime())), lines);
      if (code != 0) {
        throw ReleaseOrder.failed(code);
      }
    }
  }

  private int run(List<String> command, Duration left, LineSink lines)
      throws RuntimeRefusal, IOException, InterruptedException {
    try {
      return new Subprocess(command, environment, app, left).run(lines);
    } catch (TimeoutException e) {
      throw order.tookLonger();
    }
  }
}
