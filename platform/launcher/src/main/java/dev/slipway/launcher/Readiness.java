package dev.slipway.launcher;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Waits until the platform says that every required part is ready. */
final class Readiness {

  private static final int PAUSE_MILLIS = 25;

  private Readiness() {}

  static void await(PlatformClient client, Duration limit)
      throws StartFailure, InterruptedException {
    var deadline = System.nanoTime() + limit.toNanos();
    while (!client.isReady()) {
      if (System.nanoTime() > deadline) {
        throw StartFailure.failed(
            "not ready after " + limit.toSeconds() + " s: " + reasons(client));
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
  }

  /** Each check that fails with its detail, on one line. */
  private static String reasons(PlatformClient client) {
    try {
      var answer = client.get("/health/ready", Map.of());
      var failing = new ArrayList<String>();
      for (var check : answer.body().path("checks")) {
        var status = check.path("status").asText();
        if (!status.equals("ok") && !status.equals("pass")) {
          failing.add(check.path("name").asText() + ": " + check.path("detail").asText(status));
        }
      }
      return failing.isEmpty()
          ? "/health/ready answers " + answer.status()
          : String.join("; ", failing);
    } catch (IOException _) {
      return "nothing answers on " + client.base();
    }
  }
}
