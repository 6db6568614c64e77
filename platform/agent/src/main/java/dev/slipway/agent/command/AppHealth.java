package dev.slipway.agent.command;

import dev.slipway.agent.monitor.HttpProbe;
import dev.slipway.agent.runtime.AppRuntime;
import dev.slipway.agent.runtime.RuntimeRefusal;
import dev.slipway.proto.agent.v1.ContainerMetrics;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Waits for a fresh instance to answer over HTTP, and says what it wrote when it does not. */
final class AppHealth {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration PROBE = Duration.ofSeconds(5);
  private static final Duration QUICK = Duration.ofMillis(250);
  private static final Duration SLOW = Duration.ofSeconds(2);
  private static final int QUICK_LOOKS = 40;
  private static final int HOPELESS_RESTARTS = 3;
  private static final int LAST_LINES = 10;
  private static final Pattern PATH = Pattern.compile("/[!-~]{0,1023}");

  private final AppRuntime runtime;

  AppHealth(AppRuntime runtime) {
    this.runtime = runtime;
  }

  Reply await(Payload payload) throws CommandFailure, IOException, InterruptedException {
    var name = payload.instanceName("container_name");
    int port = payload.port("port", 3000);
    var path =
        payload.text("health_check_path", "").isEmpty()
            ? "/"
            : payload.text("health_check_path", "");
    if (!PATH.matcher(path).matches()) {
      throw new CommandFailure("invalid payload: health_check_path is not a path");
    }
    var accepted = payload.integers("health_check_status_codes");
    var deadline = System.nanoTime() + LIMIT.toNanos();
    var last = "no look yet";
    for (int look = 0; System.nanoTime() < deadline; look++) {
      giveUpOnTheDead(name);
      var address = runtime.address(name, port);
      if (address.isPresent()) {
        last = probe(address.get(), path, accepted);
        if (last.isEmpty()) {
          return Reply.completed("healthy");
        }
      } else {
        last = "the app does not run";
      }
      Thread.sleep(look < QUICK_LOOKS ? QUICK : SLOW);
    }
    throw new CommandFailure("health check failed after 60s: " + last + output(name));
  }

  /** Empty when healthy, else what was seen. */
  private static String probe(InetSocketAddress address, String path, List<Integer> accepted) {
    var host = address.getAddress().getHostAddress();
    try {
      int status =
          HttpProbe.status(URI.create("http://" + host + ":" + address.getPort() + path), PROBE);
      boolean good = accepted.isEmpty() ? status >= 200 && status < 400 : accepted.contains(status);
      return good ? "" : "GET " + path + " answered " + status;
    } catch (IOException e) {
      return "GET " + path + ": " + e.getMessage();
    } catch (IllegalArgumentException e) {
      return "GET " + path + ": not a URL path";
    }
  }

  private void giveUpOnTheDead(String name)
      throws CommandFailure, IOException, InterruptedException {
    var found = runtime.find(name);
    if (found.isEmpty()) {
      throw new CommandFailure("health check failed: no such container: " + name);
    }
    var instance = found.get();
    if (isDead(instance)) {
      throw new CommandFailure(
          "health check failed: the app ended ("
              + (instance.getExitReason().isEmpty()
                  ? "exit code " + instance.getExitCode()
                  : instance.getExitReason())
              + (instance.getRestartCount() > 0
                  ? ", restarted " + instance.getRestartCount() + " times"
                  : "")
              + ")"
              + output(name));
    }
  }

  private static boolean isDead(ContainerMetrics instance) {
    return instance.getStatus().equals("exited")
        || instance.getStatus().equals("dead")
        || instance.getRestartCount() >= HOPELESS_RESTARTS;
  }

  private String output(String name) throws IOException, InterruptedException {
    var lines = lastLines(name);
    return lines.isEmpty() ? "" : "\n" + lines;
  }

  /** What an instance has written at last; empty where that is nothing, or not known. */
  String lastLines(String name) throws IOException, InterruptedException {
    var lines = new ArrayList<String>();
    try {
      runtime.logs(name, LAST_LINES, false, lines::add);
    } catch (RuntimeRefusal e) {
      return "";
    }
    return String.join("\n", lines);
  }
}
