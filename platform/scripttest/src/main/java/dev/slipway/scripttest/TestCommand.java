package dev.slipway.scripttest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.slipway.cli.output.CliException;
import dev.slipway.cli.output.ExitCode;
import dev.slipway.cli.output.Output;
import dev.slipway.cli.output.Table;
import dev.slipway.scripting.Sandbox;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code slipway script test}. */
@Command(
    name = "test",
    description = "Runs scripts' tests (*.test.json) in the sandbox, without a platform.")
final class TestCommand implements Callable<Integer> {
  private final Supplier<Output> output;

  @Parameters(
      paramLabel = "DIR|FILE",
      arity = "0..1",
      defaultValue = ".",
      description = "a folder with all below it, a script or a test (${DEFAULT-VALUE})")
  Path where = Path.of(".");

  @Option(
      names = "--hooks",
      paramLabel = "FILE",
      description =
          "what hooks and functions there are, as slipway script hooks -o json tells it"
              + " (default: those of this distribution)")
  @Nullable Path hooks;

  TestCommand(Supplier<Output> output) {
    this.output = output;
  }

  @Override
  public Integer call() {
    var catalogue = Catalogue.read(hooks == null ? home("scripts", "hooks.json") : hooks);
    var suites = Suites.below(where);
    try (var sandbox = Sandbox.alone(worker())) {
      var reports =
          suites.tests().stream()
              .flatMap(suite -> new SuiteRun(suite, catalogue, sandbox).reports().stream())
              .toList();
      show(reports);
      suites.untested().forEach(script -> output.get().note(script + " has no test"));
      return (reports.stream().allMatch(Report::passed) ? ExitCode.OK : ExitCode.FAILED).number();
    }
  }

  private static Path worker() {
    var set = System.getProperty("slipway.scripting.worker");
    return set == null ? home("scripting") : Path.of(set);
  }

  private static Path home(String first, String... more) {
    var home = System.getProperty("slipway.home");
    if (home == null) {
      throw CliException.usage("slipway.home is not set; start it by bin/slipway");
    }
    return Path.of(home).resolve(Path.of(first, more));
  }

  private void show(List<Report> reports) {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    reports.forEach(report -> all.add(report.json()));
    output.get().list(all, "tests", () -> table(reports));
    for (var report : reports) {
      if (!report.passed()) {
        output.get().error(report.script() + ": " + report.name(), report.problems());
      }
    }
    var failed = reports.stream().filter(report -> !report.passed()).count();
    output.get().note("%d passed, %d failed".formatted(reports.size() - failed, failed));
  }

  private Table table(List<Report> reports) {
    var table = new Table("SCRIPT", "CASE", "OUTCOME", "MS");
    for (var report : reports) {
      table.row(
          report.script(),
          report.name(),
          output.get().status(report.passed() ? "passed" : "failed"),
          report.millis());
    }
    return table;
  }
}
