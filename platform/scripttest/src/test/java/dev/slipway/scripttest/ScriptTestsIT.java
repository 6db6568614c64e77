package dev.slipway.scripttest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.slipway.cli.config.Environment;
import dev.slipway.cli.config.Timeouts;
import dev.slipway.cli.output.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of scripts, with a real worker. */
class ScriptTestsIT {
  private static final String HOOKS =
      """
      {"hooks": [{
         "name": "door.opens",
         "input": {"type": "object", "required": ["who"], "properties": {"who": {"type": "string"}}},
         "result": {"type": "object", "required": ["let_in"], "properties": {"let_in": {"type": "boolean"}}},
         "apis": ["bell.ring", "kv.get", "kv.set", "kv.list", "kv.delete", "secret"],
         "default_timeout_ms": 2000}],
       "apis": [
         {"name": "bell.ring",
          "arguments": {"type": "array", "minItems": 1, "prefixItems": [{"type": "integer"}]},
          "result": {"type": "string"}},
         {"name": "kv.get", "arguments": {"type": "array"}, "result": {}},
         {"name": "kv.set", "arguments": {"type": "array"}, "result": {}},
         {"name": "kv.list", "arguments": {"type": "array"}, "result": {}},
         {"name": "kv.delete", "arguments": {"type": "array"}, "result": {}},
         {"name": "secret", "arguments": {"type": "array"}, "result": {}}]}
      """;

  private static final String SCRIPT =
      """
      export default async ({ who }, api) => {
        api.log('came', who, api.now().getUTCFullYear());
        if (who === 'nobody') throw new Error('nobody is there');
        if (who === 'endless') for (;;) {}
        if (who === 'wrong') return { let_in: 'yes' };
        if (who === 'keeper') {
          await api.kv.set('last', who);
          const keys = await api.kv.list('');
          return { let_in: (await api.secret('WORD')) === 'sesame', keys };
        }
        try {
          const heard = await api.bell.ring(who === 'odd' ? 'twice' : 2);
          return { let_in: heard === 'ding' };
        } catch (e) {
          return { let_in: false, code: e.code };
        }
      };
      """;

  private record Run(int exit, String out, String err) {
    JsonNode json() throws IOException {
      return new JsonMapper().readTree(out);
    }
  }

  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    Files.writeString(folder.resolve("hooks.json"), HOOKS);
    Files.writeString(folder.resolve("door.js"), SCRIPT);
  }

  private Run run(String... more) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var terminal =
        new Terminal(
            new ByteArrayInputStream(new byte[0]),
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            false,
            false);
    var arguments = new java.util.ArrayList<>(List.of("script", "test", "--hooks"));
    arguments.add(folder.resolve("hooks.json").toString());
    arguments.addAll(List.of(more));
    var exit =
        Main.run(
            arguments.toArray(String[]::new),
            new Environment(Map.of(), terminal, Timeouts.STANDARD));
    return new Run(exit, out.toString(UTF_8), err.toString(UTF_8));
  }

  private Run cases(String cases) throws IOException {
    Files.writeString(
        folder.resolve("door.test.json"),
        """
        {"hook": "door.opens", "now": "2020-05-05T00:00:00Z", "event": {"who": "ann"},
         "answers": {"bell.ring": {"returns": "ding"}}, "cases": [%s]}
        """
            .formatted(cases));
    return run(folder.toString(), "-o", "json");
  }

  private static List<String> problems(JsonNode report) {
    return StreamSupport.stream(report.path("problems").spliterator(), false)
        .map(JsonNode::asText)
        .toList();
  }

  @Test
  void rightExpectationsPass() throws Exception {
    var run =
        cases(
            """
            {"name": "lets in", "expect": {"result": {"let_in": true}, "calls": [["bell.ring", 2.0]],
              "logs": ["info: came ann 2020"]}},
            {"name": "answers one after another", "answers": {"bell.ring": [{"returns": "dong"}]},
              "expect": {"result": {"let_in": false}}},
            {"name": "hears a refusal", "answers": {"bell.ring": {"throws": {"code": "bell.broken", "message": "x"}}},
              "expect": {"result": {"let_in": false, "code": "bell.broken"}}},
            {"name": "fails as it should", "event": {"who": "nobody"}, "expect": {"error": "nobody is there"}},
            {"name": "ends at a limit", "event": {"who": "endless"}, "timeout_ms": 300,
              "expect": {"error": "passed its limit of"}},
            {"name": "keeps and knows", "event": {"who": "keeper"}, "kv": {"first": 1},
              "secrets": {"WORD": "sesame"},
              "expect": {"result": {"let_in": true, "keys": ["first", "last"]}, "kv": {"first": 1, "last": "keeper"}}}
            """);
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.json()).hasSize(6).allMatch(report -> report.path("passed").asBoolean());
    assertThat(run.err()).contains("6 passed, 0 failed");
    assertThat(run(folder.resolve("door.js").toString()).out()).contains("lets in", "passed");
  }

  @Test
  void wrongExpectationsAreToldByPlace() throws Exception {
    var run =
        cases(
            """
            {"name": "result", "expect": {"result": {"let_in": false, "why": 1}}},
            {"name": "calls", "expect": {"calls": [["bell.ring", 3], ["bell.ring", 4]]}},
            {"name": "logs and kv", "expect": {"logs": [], "kv": {"a": 1}}},
            {"name": "no error", "expect": {"error": "boom"}},
            {"name": "other error", "event": {"who": "nobody"}, "expect": {"error": "boom"}},
            {"name": "unexpected error", "event": {"who": "nobody"}, "expect": {"result": {}}}
            """);
    assertThat(run.exit()).isEqualTo(1);
    var reports = run.json();
    assertThat(problems(reports.get(0)))
        .containsExactly(
            "result.let_in: expected false, was true", "result.why: expected 1, was nothing");
    assertThat(problems(reports.get(1)))
        .containsExactly(
            "calls[0][1]: expected 3, was 2", "calls[1]: expected [\"bell.ring\",4], was nothing");
    assertThat(problems(reports.get(2)))
        .containsExactly(
            "logs[0]: expected nothing, was \"info: came ann 2020\"",
            "kv.a: expected 1, was nothing");
    assertThat(problems(reports.get(3)))
        .containsExactly("error: expected \"boom\", but it returned {\"let_in\":true}");
    assertThat(problems(reports.get(4)).getFirst())
        .isEqualTo("error: expected \"boom\", was \"Error: nobody is there\"");
    assertThat(problems(reports.get(5))).first().isEqualTo("it failed: Error: nobody is there");
    assertThat(problems(reports.get(5))).anyMatch(line -> line.contains("door.js:3"));
  }

  @Test
  void whatAPlatformWouldRefuseIsAProblem() throws Exception {
    var run =
        cases(
            """
            {"name": "undeclared", "answers": {"bell.ring": []}, "expect": {"result": {"let_in": false, "code": "test.no-answer"}}},
            {"name": "arguments", "event": {"who": "odd"}, "expect": {"result": {"let_in": false, "code": "script.arguments-unfit"}}},
            {"name": "answer", "answers": {"bell.ring": {"returns": 7}}, "expect": {"result": {"let_in": false}}},
            {"name": "event", "event": {"who": 5}, "expect": {"result": {"let_in": true}}},
            {"name": "result", "event": {"who": "wrong"}, "expect": {"result": {"let_in": "yes"}}},
            {"name": "function", "answers": {"bell.crack": {"returns": 1}}, "expect": {"result": {"let_in": true}}}
            """);
    assertThat(run.exit()).isEqualTo(1);
    var told = run.json();
    assertThat(problems(told.get(0)))
        .containsExactly("api.bell.ring was called 1 times, but the case has 0 answers for it");
    assertThat(problems(told.get(1)).getFirst()).startsWith("api.bell.ring: argument 0: ");
    assertThat(problems(told.get(2)).getFirst())
        .startsWith("answers.bell.ring returns what it never returns: ");
    assertThat(problems(told.get(3)).getFirst()).startsWith("the event does not fit the hook: who");
    assertThat(problems(told.get(4)).getFirst())
        .startsWith("the result does not fit the hook: let_in");
    assertThat(problems(told.get(5)).getFirst())
        .isEqualTo("answers: scripts at this hook have no function bell.crack");
  }

  @Test
  void aCallThatIsNotDeclaredFailsByName() throws Exception {
    Files.writeString(
        folder.resolve("door.test.json"),
        """
        {"hook": "door.opens", "cases": [{"name": "rings", "event": {"who": "ann"},
          "expect": {"result": {"let_in": false, "code": "test.no-answer"}}}]}
        """);
    var run = run(folder.toString());
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err())
        .contains("api.bell.ring was called, but the case has no answer for it")
        .contains("0 passed, 1 failed");
  }

  @Test
  void faultsOfATestAreToldBeforeAnythingRuns() throws Exception {
    assertThat(run(folder.toString()).exit()).isEqualTo(2);
    for (var broken :
        List.of(
            "{",
            "[]",
            "{\"hook\": \"door.opens\", \"cases\": []}",
            "{\"hook\": \"door.opens\", \"cases\": [{\"name\": \"a\", \"event\": {}}]}",
            "{\"hook\": \"door.opens\", \"cases\": [{\"name\": \"a\", \"event\": {}, \"expect\": {\"resutl\": 1}}]}",
            "{\"hook\": \"no.hook\", \"cases\": [{\"name\": \"a\", \"event\": {}, \"expect\": {\"result\": 1}}]}",
            "{\"hook\": \"door.opens\", \"cases\": [{\"name\": \"a\", \"event\": {}, \"now\": \"noon\", \"expect\": {\"result\": 1}}]}")) {
      Files.writeString(folder.resolve("door.test.json"), broken);
      var run = run(folder.toString());
      assertThat(run.exit()).as(broken + run.err()).isEqualTo(2);
      assertThat(run.err()).contains("door");
    }
  }

  @Test
  void aScriptThatDoesNotCompileIsToldWithItsPlace() throws Exception {
    Files.writeString(folder.resolve("door.js"), "export default () => {\n  let 1 = 2;\n}");
    var run = cases("{\"name\": \"a\", \"expect\": {\"result\": null}}");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(problems(run.json().get(0)).getFirst()).startsWith("door.js:2:");
  }
}
