package dev.slipway.agent.runtime.process;

import dev.slipway.agent.logs.Masking;
import dev.slipway.agent.os.LineSink;
import dev.slipway.agent.os.Subprocess;
import dev.slipway.agent.runtime.RuntimeRefusal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/**
 * A tenant's own shell command in a folder, with a time limit.
 *
 * @param masking of the values in its environment, for all that it writes
 */
record ShellCommand(String command, Path folder, Duration limit, Masking masking) {
  private static final int LAST_LINES = 10;

  /**
   * @param what the command's role, for the reason of a failure
   */
  void run(String what, Map<String, String> environment, LineSink lines)
      throws RuntimeRefusal, IOException, InterruptedException {
    var last = new ArrayDeque<String>();
    LineSink sink =
        line -> {
          var masked = masking.apply(line);
          if (last.size() == LAST_LINES) {
            last.removeFirst();
          }
          last.addLast(masked);
          lines.line(masked);
        };
    try {
      int code =
          new Subprocess(List.of("/bin/sh", "-c", command), environment, folder, limit).run(sink);
      if (code != 0) {
        throw new RuntimeRefusal(what + " failed (exit " + code + ")\n" + String.join("\n", last));
      }
    } catch (TimeoutException e) {
      throw new RuntimeRefusal(what + " took longer than " + limit.toMinutes() + " minutes");
    }
  }
}
