package dev.slipway.scripttest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.slipway.api.script.ScriptOutcome;
import dev.slipway.api.script.ScriptTask;
import dev.slipway.cli.output.CliException;
import dev.slipway.scripting.Sandbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;

/** Runs the cases of one script. */
final class SuiteRun {
  private static final JsonMapper JSON = new JsonMapper();
  private static final UUID TENANT = new UUID(0, 0);

  /** The process has just been started, on a machine that may have other things to do. */
  private static final int PATIENCE = 4;

  /** No task may have more. */
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final Suite suite;
  private final Catalogue catalogue;
  private final Sandbox sandbox;

  SuiteRun(Suite suite, Catalogue catalogue, Sandbox sandbox) {
    this.suite = suite;
    this.catalogue = catalogue;
    this.sandbox = sandbox;
  }

  List<Report> reports() {
    var hook = catalogue.hooks().get(suite.hook());
    if (hook == null) {
      var message = "%s: there is no hook %s, but %s";
      throw CliException.usage(
          message.formatted(
              suite.script(), suite.hook(), new TreeMap<>(catalogue.hooks()).keySet()));
    }
    try {
      var faults = sandbox.check(TENANT, file(), suite.source());
      if (!faults.isEmpty()) {
        var lines =
            faults.stream()
                .map(it -> "%s:%d:%d: %s".formatted(file(), it.line(), it.column(), it.message()))
                .toList();
        return List.of(new Report(suite.script().toString(), "compiles", lines, 0));
      }
      var reports = new ArrayList<Report>();
      for (var each : suite.cases()) {
        reports.add(report(hook, each));
      }
      return reports;
    } catch (InterruptedException interrupted) {
      throw CliException.interrupted(interrupted);
    }
  }

  private String file() {
    return suite.script().getFileName().toString();
  }

  private Report report(Catalogue.Hook hook, Case given) throws InterruptedException {
    var problems = new ArrayList<String>();
    for (var fault : hook.input().mismatches(Catalogue.plain(given.event()))) {
      problems.add("the event does not fit the hook: " + fault);
    }
    for (var name : given.answers().properties()) {
      if (!hook.functions().contains(name.getKey())) {
        problems.add("answers: scripts at this hook have no function " + name.getKey());
      }
    }
    var host = new CaseHost(given, catalogue.functions());
    var began = System.nanoTime();
    var outcome = sandbox.run(task(hook, given), host, given.now());
    var millis = (System.nanoTime() - began) / 1_000_000;
    problems.addAll(host.problems());
    problems.addAll(outcome(hook, given, outcome));
    compare(given, "calls", host.calls(), problems);
    compare(given, "logs", host.logs(), problems);
    compare(given, "kv", host.kv(), problems);
    return new Report(suite.script().toString(), given.name(), problems, millis);
  }

  private static Duration limit(Catalogue.Hook hook, Case given) {
    var limit = Duration.ofMillis(given.timeoutMs());
    var patient = Duration.ofMillis(PATIENCE * hook.timeoutMs());
    return limit.isPositive() ? limit : patient.compareTo(LONGEST) < 0 ? patient : LONGEST;
  }

  private ScriptTask task(Catalogue.Hook hook, Case given) {
    return new ScriptTask(
        TENANT,
        file(),
        suite.source(),
        given.event().toString(),
        hook.functions(),
        limit(hook, given));
  }

  private static List<String> outcome(Catalogue.Hook hook, Case given, ScriptOutcome outcome) {
    var error = given.expect().path("error");
    var fault = outcome.fault();
    if (fault != null) {
      var message = fault.message();
      if (!error.isMissingNode() && message.contains(error.asText())) {
        return List.of();
      }
      var problems = new ArrayList<String>();
      problems.add(
          error.isMissingNode()
              ? "it failed: " + message
              : "error: expected %s, was \"%s\"".formatted(error, message));
      if (fault.stack() != null) {
        fault.stack().lines().limit(5).map(line -> "  at " + line.strip()).forEach(problems::add);
      }
      return problems;
    }
    var result = json(Objects.requireNonNull(outcome.result()));
    if (!error.isMissingNode()) {
      return List.of("error: expected %s, but it returned %s".formatted(error, result));
    }
    var problems = new ArrayList<String>();
    for (var misfit : hook.result().mismatches(Catalogue.plain(result))) {
      problems.add("the result does not fit the hook: " + misfit);
    }
    compare(given, "result", result, problems);
    return problems;
  }

  private static void compare(Case given, String member, JsonNode actual, List<String> problems) {
    var expected = given.expect().get(member);
    if (expected != null) {
      problems.addAll(Difference.between(member, expected, actual));
    }
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("the sandbox gives JSON", impossible);
    }
  }
}
