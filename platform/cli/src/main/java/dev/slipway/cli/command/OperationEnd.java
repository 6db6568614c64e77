package dev.slipway.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.slipway.cli.api.ApiException;
import dev.slipway.cli.api.Operations;
import dev.slipway.cli.api.Patience;
import dev.slipway.cli.api.UnreachableException;
import dev.slipway.cli.output.CliException;
import dev.slipway.cli.output.ExitCode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Tells how work that the platform has begun ends. */
final class OperationEnd {
  private static final Duration INTERVAL = Duration.ofMillis(500);

  private final Invocation invocation;
  private final Operations operations;

  OperationEnd(Invocation invocation) {
    this.invocation = invocation;
    this.operations = new Operations(invocation.client());
  }

  /** Says that {@code what} has begun, or with --wait how it ended; gives the exit code. */
  int report(String id, WaitOptions wait, String what) {
    if (!wait.enabled) {
      var json = JsonNodeFactory.instance.objectNode().put("operation_id", id);
      invocation.output().done(json, what + " has begun (operation " + id + ")");
      return ExitCode.OK.number();
    }
    var operation = await(id, wait.limit());
    if (!Operations.hasSucceeded(operation)) {
      return failed(operation, what);
    }
    invocation.output().done(operation, what + " has succeeded");
    return ExitCode.OK.number();
  }

  int failed(JsonNode operation, String what) {
    var output = invocation.output();
    if (output.isJson()) {
      output.jsonLine(operation);
    }
    var reason = operation.path("error").asText("");
    var status = operation.path("status").asText();
    output.error(what + " has " + status + (reason.isEmpty() ? "" : ": " + reason), List.of());
    return ExitCode.FAILED.number();
  }

  JsonNode await(String id, Duration limit) {
    var deadline = System.nanoTime() + limit.toNanos();
    var patience = new Patience(invocation.client().timeouts().patience());
    while (true) {
      try {
        var operation = operations.get(id);
        patience.succeeded();
        if (Operations.hasEnded(operation)) {
          return operation;
        }
      } catch (ApiException | UnreachableException e) {
        if (patience.bear(e)) {
          invocation.output().note("waiting for the platform: " + e.text());
        }
      }
      if (System.nanoTime() - deadline > 0) {
        throw CliException.failed("operation " + id + " has not ended in time");
      }
      LockSupport.parkNanos(INTERVAL.toNanos());
    }
  }
}
