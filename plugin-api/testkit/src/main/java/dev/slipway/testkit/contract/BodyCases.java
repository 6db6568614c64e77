package dev.slipway.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.slipway.testkit.Answer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** JSON bodies that can not be read, or do not fit their schema. */
final class BodyCases {
  /** Half a surrogate pair has no form in UTF-8; only an escape carries it. */
  private static final ObjectMapper ESCAPING =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int LARGE = 1024 * 1024;

  private final Calls calls;
  private final Samples samples;
  private final Operation operation;

  BodyCases(Calls calls, Samples samples) {
    this.calls = calls;
    this.samples = samples;
    operation = calls.operation();
  }

  void add(Cases cases) {
    if (operation.bodySchema().isMissingNode()) {
      return;
    }
    cases.add("body that is no JSON", this::broken);
    cases.add("body of another media type", this::media);
    cases.add("body that is too large", this::large);
    cases.add("unknown member", this::unknownMember);
    cases.add("missing members", this::missing);
    samples
        .members(operation.bodySchema())
        .forEach((name, schema) -> cases.add("member " + name, () -> member(name, schema)));
  }

  private Answer send(byte[] body) {
    return calls.call(calls.allowed(), calls.known(), body);
  }

  private Answer send(JsonNode body) {
    try {
      return send(ESCAPING.writeValueAsBytes(body));
    } catch (JsonProcessingException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private void broken() {
    var texts =
        List.of(
            "{\"a\":",
            "{\"a\"}",
            "[]",
            "\"text\"",
            "1",
            "true",
            "null",
            "{} {}",
            "{'a':1}",
            "{\"a\":\"\u0001\"}",
            "{\"a\":".repeat(3_000),
            "[".repeat(10_000),
            "{\"a\":1" + "0".repeat(2_000) + "}");
    for (var text : texts) {
      calls.refused(400, send(text.getBytes(StandardCharsets.UTF_8)));
    }
    if (operation.description().at("/requestBody/required").asBoolean()) {
      calls.refused(400, send(new byte[0]));
    }
    calls.refused(
        400, send(new byte[] {'{', '"', 'a', '"', ':', '"', (byte) 0xff, (byte) 0xfe, '"', '}'}));
    calls.refused(400, send(new byte[] {(byte) 0xfe, (byte) 0xff, 0, '{', 0, 'x'}));
  }

  private void media() {
    var body = calls.body();
    for (var media :
        List.of("text/plain", "application/xml", "application/x-www-form-urlencoded")) {
      calls.refused(415, calls.call(calls.allowed(), operation.verb(), calls.known(), body, media));
    }
  }

  private void large() {
    var spaces = " ".repeat(LARGE);
    calls.refused(413, send((spaces + "{}").getBytes(StandardCharsets.UTF_8)));
  }

  private void unknownMember() {
    calls.refusedFor("no_such_member", send(JSON.objectNode().put("no_such_member", 1)));
  }

  private void missing() {
    var schema = samples.resolved(operation.bodySchema());
    var required = new ArrayList<String>();
    schema.path("required").forEach(name -> required.add(name.asText()));
    if (!required.isEmpty()) {
      var answer = calls.refused(400, send(JSON.objectNode()));
      assertThat(answer.fields()).isNotEmpty().isSubsetOf(required);
      required.forEach(
          name -> calls.refusedFor(name, send(JSON.objectNode().set(name, JSON.nullNode()))));
    }
  }

  private void member(String name, JsonNode schema) {
    for (var value : wrong(schema)) {
      calls.refusedFor(name, send(Samples.only(name, value)));
    }
  }

  private static List<JsonNode> wrong(JsonNode schema) {
    var object = JSON.objectNode().put("no_such_member", true);
    return switch (Samples.type(schema)) {
      case "string" -> {
        var values =
            new ArrayList<JsonNode>(
                List.of(JSON.numberNode(7), JSON.booleanNode(true), JSON.arrayNode()));
        values.add(JSON.textNode("a\u0000b"));
        values.add(JSON.textNode("a\ud800b"));
        if (schema.has("maxLength")) {
          values.add(JSON.textNode("x".repeat(schema.path("maxLength").asInt() + 1)));
        }
        if (schema.path("minLength").asInt() > 0) {
          values.add(JSON.textNode(""));
        }
        if (schema.has("enum") || schema.has("format")) {
          values.add(JSON.textNode("no-such-value"));
        }
        yield values;
      }
      case "integer" -> {
        var values =
            new ArrayList<JsonNode>(
                List.of(
                    JSON.textNode("1"),
                    JSON.booleanNode(true),
                    JSON.numberNode(1.5),
                    JSON.numberNode(BigInteger.TEN.pow(40)),
                    JSON.numberNode(new BigDecimal("1e400")),
                    JSON.arrayNode()));
        bounds(schema, values);
        yield values;
      }
      case "number" -> {
        var values =
            new ArrayList<JsonNode>(
                List.of(JSON.textNode("1"), JSON.booleanNode(true), JSON.arrayNode()));
        bounds(schema, values);
        yield values;
      }
      case "boolean" -> List.of(JSON.textNode("true"), JSON.numberNode(1), JSON.arrayNode());
      case "array" -> List.of(JSON.textNode("x"), JSON.numberNode(1), object);
      case "object" -> List.of(JSON.textNode("x"), JSON.numberNode(1), JSON.arrayNode());
      default -> List.of(JSON.textNode("a\u0000b"));
    };
  }

  private static void bounds(JsonNode schema, List<JsonNode> values) {
    if (schema.has("minimum")) {
      values.add(JSON.numberNode(schema.path("minimum").asLong() - 1));
    }
    if (schema.has("maximum")) {
      values.add(JSON.numberNode(schema.path("maximum").asLong() + 1));
    }
  }
}
