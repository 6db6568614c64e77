package dev.slipway.cli.command;

import dev.slipway.cli.output.CliException;
import dev.slipway.cli.output.ExitCode;
import dev.slipway.cli.output.Table;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code slipway deployment …}. */
@Command(
    name = "deployment",
    description = "Shows deployments; promotes, rolls back, restarts, stops, starts.")
final class DeploymentCommand {
  private static final int SHORT_COMMIT = 10;
  private static final int LONGEST_MESSAGE = 80;

  private final Invocation invocation;

  DeploymentCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Command(name = "list", description = "Shows the latest deployments of an app, or of all.")
  int list(
      @Parameters(paramLabel = "APP", arity = "0..1") @Nullable String reference,
      @Option(names = "--status", paramLabel = "STATUS", description = "one or more, with commas")
          @Nullable String status,
      @Option(names = "--limit", paramLabel = "N", defaultValue = "20") int limit) {
    var app = reference == null ? null : invocation.app(reference);
    var deployments = invocation.deployments().list(app, status, limit);
    var output = invocation.output();
    output.list(
        deployments,
        "deployments",
        () -> {
          var table = new Table("ID", "STATUS", "TRIGGER", "COMMIT", "CREATED", "MESSAGE");
          for (var one : deployments) {
            var commit = Shown.text(one, "commit_sha");
            var error = Shown.text(one, "error_message");
            table.row(
                Shown.text(one, "id"),
                output.status(one.path("status").asText()),
                Shown.text(one, "trigger"),
                commit.substring(0, Math.min(SHORT_COMMIT, commit.length())),
                Shown.text(one, "created_at"),
                cut(error.isEmpty() ? Shown.text(one, "commit_message") : error));
          }
          return table;
        });
    return ExitCode.OK.number();
  }

  /** All of it is shown of one deployment. */
  private static String cut(String message) {
    return message.length() > LONGEST_MESSAGE
        ? message.substring(0, LONGEST_MESSAGE) + "…"
        : message;
  }

  @Command(name = "show", description = "Shows one deployment.")
  int show(@Parameters(paramLabel = "ID") String id) {
    var deployment = invocation.deployments().get(id);
    invocation.output().show(deployment.json(), () -> Shown.members(deployment.json()));
    return ExitCode.OK.number();
  }

  @Command(name = "rollback", description = "Brings back an earlier version of an app.")
  int rollback(
      @Parameters(paramLabel = "APP") String reference,
      @Option(
              names = "--to",
              paramLabel = "ID",
              description = "a deployment (default: the last good one before the current)")
          @Nullable String to,
      @Option(
              names = "--environment",
              paramLabel = "ENVIRONMENT",
              description = "where (default: production, or where the version of --to was live)")
          @Nullable String environment,
      @Option(names = "--reason", paramLabel = "REASON") @Nullable String reason,
      @Mixin WaitOptions wait) {
    var app = invocation.app(reference);
    var place =
        environment == null
            ? null
            : invocation.environments().require(app, environment).path("slug").asText();
    var deployment = invocation.deployments().rollback(app, place, to, reason);
    return new DeploymentEnd(invocation).report(app, deployment, wait);
  }

  @Command(
      name = "promote",
      description = "Ships what is live in one environment into another, as it was built.")
  int promote(
      @Parameters(paramLabel = "APP") String reference,
      @Option(names = "--to", paramLabel = "ENVIRONMENT", required = true) String to,
      @Option(
              names = "--from",
              paramLabel = "ENVIRONMENT",
              description = "default: the one that --to promotes from")
          @Nullable String from,
      @Mixin WaitOptions wait) {
    var app = invocation.app(reference);
    var environments = invocation.environments();
    var target = environments.require(app, to);
    var source = from == null ? target.path("promotes_from_id").asText("") : from;
    if (source.isEmpty()) {
      throw CliException.usage(to + " promotes from no environment; name one by --from");
    }
    var live = environments.require(app, source).path("current_deployment_id").asText("");
    if (live.isEmpty()) {
      throw CliException.failed("nothing is live in " + source);
    }
    return new DeploymentEnd(invocation).report(app, environments.promote(target, live), wait);
  }

  @Command(name = "restart", description = "Restarts an app.")
  int restart(@Parameters(paramLabel = "APP") String reference, @Mixin WaitOptions wait) {
    return command(reference, "restart", wait);
  }

  @Command(name = "stop", description = "Stops a running app.")
  int stop(@Parameters(paramLabel = "APP") String reference, @Mixin WaitOptions wait) {
    return command(reference, "stop", wait);
  }

  @Command(name = "start", description = "Starts a stopped app.")
  int start(@Parameters(paramLabel = "APP") String reference, @Mixin WaitOptions wait) {
    return command(reference, "start", wait);
  }

  private int command(String reference, String verb, WaitOptions wait) {
    var app = invocation.app(reference);
    var operation = invocation.deployments().command(app, verb);
    return new OperationEnd(invocation).report(operation, wait, verb + " of " + app.slug());
  }
}
