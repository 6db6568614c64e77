package dev.slipway.cli.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.cli.api.App;
import dev.slipway.cli.api.Deployment;
import dev.slipway.cli.api.LogLine;
import dev.slipway.cli.output.Output;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Tells how a deployment goes: to people on stderr, to scripts as lines of JSON on stdout. */
public final class DeploymentReport {
  private static final int LAST_LINES = 20;

  private final Output output;
  private final Deque<String> lastLines = new ArrayDeque<>();

  public DeploymentReport(Output output) {
    this.output = output;
  }

  void progress(JsonNode event) {
    if (output.isJson()) {
      output.jsonLine(event);
    }
    var percent = event.path("percent").isNumber() ? " " + event.path("percent").asInt() + "%" : "";
    output.note(
        "[%s] %s%s %s"
            .formatted(
                event.path("phase").asText(),
                event.path("status").asText(),
                percent,
                event.path("message").asText()));
  }

  void log(LogLine line) {
    if (lastLines.size() == LAST_LINES) {
      lastLines.removeFirst();
    }
    lastLines.addLast(line.message());
    output.noteLog("  | " + line.message());
  }

  void note(String text) {
    output.note(text);
  }

  /** The deployment has been asked for and is not followed. */
  public void started(App app, Deployment deployment) {
    if (output.isJson()) {
      output.jsonLine(summary(app, deployment));
    } else {
      output.done(
          deployment.json(),
          "deployment %s of %s is %s".formatted(deployment.id(), app.slug(), deployment.status()));
    }
  }

  /** The last word; why it failed goes to stderr, with the log's last lines. */
  public void ended(App app, Deployment deployment) {
    if (!deployment.isLive()) {
      var reason = deployment.errorMessage();
      output.error(
          "deployment %s of %s ended %s%s"
              .formatted(
                  deployment.id(),
                  app.slug(),
                  deployment.status(),
                  reason == null ? "" : ": " + reason),
          List.of());
      if (!lastLines.isEmpty()) {
        output.note("last lines of its log:");
        lastLines.forEach(line -> output.noteLog("  | " + line));
      }
    }
    if (output.isJson()) {
      output.jsonLine(summary(app, deployment));
    } else if (deployment.isLive()) {
      var url = deployment.url(app);
      output.done(deployment.json(), app.slug() + " is live" + (url == null ? "" : " at " + url));
    }
  }

  private static ObjectNode summary(App app, Deployment deployment) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("app", app.slug())
        .put("deployment", deployment.id())
        .put("status", deployment.status())
        .put("url", deployment.url(app));
  }
}
