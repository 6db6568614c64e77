package dev.slipway.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.slipway.cli.api.ApiException;
import dev.slipway.cli.api.App;
import dev.slipway.cli.api.EventStream;
import dev.slipway.cli.api.LogLine;
import dev.slipway.cli.api.ServerEvent;
import dev.slipway.cli.output.CliException;
import dev.slipway.cli.output.ExitCode;
import dev.slipway.cli.output.Output;
import java.time.Duration;
import java.util.HashMap;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code slipway logs}. */
@Command(name = "logs", description = "Shows an app's log.")
final class LogsCommand implements Callable<Integer> {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int MAX_TAIL = 2000;

  /** The platform sends the lines that it has at once, so a pause means that these were all. */
  private static final Duration QUIET = Duration.ofMillis(1500);

  private static final Duration NEXT_LOOK = Duration.ofSeconds(5);

  private static final Predicate<JsonNode> ALL = line -> true;

  private final Invocation invocation;

  @Parameters(paramLabel = "APP", description = "slug, name or id")
  String app = "";

  @Option(
      names = {"-f", "--follow"},
      description = "go on with new lines as they come")
  boolean follow;

  @Option(
      names = {"-n", "--tail"},
      paramLabel = "N",
      defaultValue = "200",
      description = "begin with the last N lines, at most 2000 (default: ${DEFAULT-VALUE})")
  int tail;

  @Option(
      names = {"-t", "--timestamps"},
      description = "show when each line was written")
  boolean timestamps;

  @Option(
      names = "--environment",
      paramLabel = "ENVIRONMENT",
      description = "only what runs in it says; --tail counts the lines of all")
  @Nullable String environment;

  @Option(
      names = "--process",
      paramLabel = "NAME",
      description = "only what this process of the app says, such as worker; --tail counts all")
  @Nullable String process;

  LogsCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    if (tail < 0 || tail > MAX_TAIL) {
      throw CliException.usage("--tail must be from 0 to " + MAX_TAIL);
    }
    var output = invocation.output();
    var found = invocation.app(app);
    var wanted =
        (environment == null ? ALL : linesOf(found, environment))
            .and(process == null ? ALL : processes(process));
    try (var events = invocation.apps().logs(found, tail, follow)) {
      show(events, output, wanted);
    }
    return ExitCode.OK.number();
  }

  /** By the deployment that each line is of: names of containers do not tell. */
  private Predicate<JsonNode> linesOf(App found, String reference) {
    var id = invocation.environments().require(found, reference).path("id").asText();
    var known = new HashMap<String, Boolean>();
    return line -> {
      var deployment = line.path("deployment_id").asText("");
      return !deployment.isEmpty() && known.computeIfAbsent(deployment, key -> isIn(key, id));
    };
  }

  private boolean isIn(String deployment, String environment) {
    try {
      var json = invocation.deployments().get(deployment).json();
      return json.path("environment_id").asText("").equals(environment);
    } catch (ApiException e) {
      if (e.status() == 404) {
        return false;
      }
      throw e;
    }
  }

  /** By the end of their names: what answers requests has none but a number. */
  private static Predicate<JsonNode> processes(String name) {
    var unit = name.equals("web") ? "(-\\d+)?" : "-" + Pattern.quote(name) + "-\\d+";
    var names = Pattern.compile("-\\p{XDigit}{12}" + unit + "$");
    return line -> names.matcher(line.path("container").asText("")).find();
  }

  private void show(EventStream events, Output output, Predicate<JsonNode> wanted) {
    var shown = 0;
    while ((follow || shown < tail) && !events.isOver() && !output.readerGone()) {
      var event = events.next(follow ? NEXT_LOOK : QUIET);
      if (event.isEmpty() && !follow && events.isConnected()) {
        return;
      }
      if (event.isPresent() && !event.get().name().equals("ping")) {
        show(event.get(), output, wanted);
        shown++;
      }
    }
  }

  private void show(ServerEvent event, Output output, Predicate<JsonNode> wanted) {
    try {
      var json = JSON.readTree(event.data());
      if (!wanted.test(json)) {
        return;
      }
      if (output.isJson()) {
        output.jsonLine(json);
        return;
      }
      var line = LogLine.of(json);
      output.logLine(timestamps ? line.observedAt() + " " + line.message() : line.message());
    } catch (JsonProcessingException e) {
      output.note("a line of the log could not be read");
    }
  }
}
