package dev.slipway.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Parameters of path, query and header that do not fit their schema. */
final class ParameterCases {
  private final Calls calls;
  private final Operation operation;

  ParameterCases(Calls calls) {
    this.calls = calls;
    operation = calls.operation();
  }

  void add(Cases cases) {
    for (var parameter : operation.parameters("path")) {
      if (parameter.at("/schema/format").asText().equals("uuid")) {
        cases.add("path " + parameter.path("name").asText(), () -> path(parameter));
      }
    }
    for (var parameter : operation.parameters("query")) {
      cases.add("query " + parameter.path("name").asText(), () -> query(parameter));
    }
    for (var parameter : operation.parameters("header")) {
      if (parameter.path("name").asText().equals("If-Match")) {
        cases.add("If-Match that is no ETag", this::ifMatch);
      }
      if (parameter.path("name").asText().equals("Last-Event-ID")) {
        cases.add("Last-Event-ID of no event", this::lastEvent);
      }
      if (parameter.path("name").asText().equals("Idempotency-Key")) {
        cases.add("Idempotency-Key too long", this::idempotencyKey);
      }
    }
    cases.add("address that can not be read", this::address);
  }

  private void path(JsonNode parameter) {
    var name = parameter.path("name").asText();
    for (var text :
        List.of("nonsense", "0", "00000000-0000-0000-0000-00000000000g", "%F0%9F%92%A5")) {
      var path =
          operation.path().replace("{" + name + "}", text).replaceAll("\\{[^}]*}", Calls.nobody());
      var answer = calls.call(calls.allowed(), path);
      if (answer.status() == 404 && answer.at("/code").equals("request.no-route")) {
        // The template itself lets only other texts in.
        calls.refused(404, answer);
      } else {
        calls.refusedFor(name, answer);
      }
    }
  }

  private void query(JsonNode parameter) {
    var name = parameter.path("name").asText();
    var schema = parameter.path("schema");
    if (name.equals("limit")) {
      assertThat(schema.has("maximum")).as("a list without a bound: " + schema).isTrue();
    }
    for (var text : wrong(schema)) {
      var at = calls.known() + "?" + name + "=" + URLEncoder.encode(text, StandardCharsets.UTF_8);
      calls.refusedFor(name, calls.call(calls.allowed(), at));
    }
    calls.refused(400, calls.call(calls.allowed(), calls.known() + "?" + name + "=a%00b"));
  }

  private static List<String> wrong(JsonNode schema) {
    var texts = new ArrayList<String>();
    switch (Samples.type(schema)) {
      case "integer" -> {
        texts.addAll(List.of("x", "1.5", "99999999999999999999", "0x10", "1e2"));
        if (schema.has("minimum")) {
          texts.add(Long.toString(schema.path("minimum").asLong() - 1));
        }
        if (schema.has("maximum")) {
          texts.add(Long.toString(schema.path("maximum").asLong() + 1));
        }
      }
      case "boolean" -> texts.addAll(List.of("maybe", "1", "TRUE "));
      default -> {
        if (schema.has("enum")) {
          texts.addAll(List.of("no-such-value", "\u0131", "x".repeat(300)));
        }
        switch (schema.path("format").asText()) {
          case "uuid" -> texts.addAll(List.of("nonsense", "' or 1=1 --"));
          case "date-time" -> texts.addAll(List.of("yesterday", "2026-13-01T00:00:00Z", "1"));
          default -> {}
        }
        if (schema.has("maxLength")) {
          texts.add("x".repeat(schema.path("maxLength").asInt() + 1));
        }
      }
    }
    return texts;
  }

  private void ifMatch() {
    for (var text :
        List.of("garbage", "W/\"1\"", "\"1\", \"2\"", "\"x\"", "\"" + "9".repeat(40) + "\"")) {
      calls.refusedFor(
          "If-Match", calls.call(calls.allowed().with("If-Match", text), calls.known()));
    }
  }

  private void lastEvent() {
    for (var text : List.of("garbage", "-1", "9".repeat(40), "' or 1=1 --", "1.2.3")) {
      calls.refusedFor(
          "Last-Event-ID", calls.call(calls.allowed().with("Last-Event-ID", text), calls.known()));
    }
  }

  private void idempotencyKey() {
    for (var text : List.of(" ", "x".repeat(256))) {
      calls.refusedFor(
          "Idempotency-Key",
          calls.call(calls.allowed().with("Idempotency-Key", text), calls.unknown()));
    }
  }

  private void address() {
    for (var odd : List.of("?q=%00", "?q=a%00b", "/%00", "/..%252f")) {
      calls.refused(400, calls.call(calls.allowed(), calls.unknown() + odd));
    }
  }
}
