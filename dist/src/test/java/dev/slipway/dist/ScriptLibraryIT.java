package dev.slipway.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The library of scripts, tested as its users test theirs. */
class ScriptLibraryIT {
  private static final Path LIBRARY = Program.HOME.resolve("scripts");

  @TempDir Path folder;

  private Program run(String... words) throws Exception {
    var program = Program.start(folder, Map.of("HOME", folder.toString()), "", words);
    program.await();
    return program;
  }

  @Test
  void everyScriptOfTheLibraryPassesItsTests() throws Exception {
    try (var program = run("script", "test", LIBRARY.toString(), "-o", "json")) {
      assertThat(program.await()).as(program.toString()).isZero();
      var reports = new ObjectMapper().readTree(String.join("\n", program.output()));
      assertThat(reports.size()).isGreaterThan(30);
      assertThat(program.errors()).noneMatch(line -> line.contains("has no test"));
    }
  }

  @Test
  void aScriptThatDoesOtherwiseFails() throws Exception {
    Files.writeString(
        folder.resolve("greet.js"),
        "export default async (event, api) => api.notify({title: 'b'})");
    Files.writeString(
        folder.resolve("greet.test.json"),
        """
        {"hook": "schedule", "event": {"scheduled_at": "2026-01-01T00:00:00Z"}, "cases": [
          {"name": "greets", "answers": {"notify": {"returns": {"recipients": 1}}},
           "expect": {"result": {"recipients": 1}, "calls": [["notify", {"title": "a"}]]}}]}
        """);
    try (var program = run("script", "test")) {
      assertThat(program.await()).as(program.toString()).isEqualTo(1);
      assertThat(program.errors())
          .anyMatch(line -> line.contains("calls[0][1].title: expected \"a\", was \"b\""));
    }
  }

  @Test
  void typesAndHooksLieBesideTheLibrary() throws Exception {
    assertThat(Files.readString(LIBRARY.resolve("slipway.d.ts")))
        .contains("type AlertCondition = (", "restart(appId: string)", "notify(message: {");
    var hooks = new ObjectMapper().readTree(Files.readString(LIBRARY.resolve("hooks.json")));
    assertThat(hooks.path("hooks").findValuesAsText("name"))
        .contains("alert.condition", "schedule", "webhook.receive");
    assertThat(hooks.path("apis").findValuesAsText("name"))
        .contains("actions.deploy", "fetch", "kv.get", "notify", "secret");
  }
}
