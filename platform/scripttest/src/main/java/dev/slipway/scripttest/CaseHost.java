package dev.slipway.scripttest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.api.ErrorKind;
import dev.slipway.api.PlatformException;
import dev.slipway.api.script.ScriptHost;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a script reaches in a case: functions answer what the case says, {@code kv} and {@code
 * secret} work. Whatever a platform would refuse is a problem of the test.
 */
final class CaseHost implements ScriptHost {
  private static final JsonMapper JSON = new JsonMapper();

  private final Case given;
  private final Map<String, Catalogue.Function> functions;
  private final ObjectNode kv;
  private final Map<String, Integer> used = new HashMap<>();
  private final ArrayNode calls = JsonNodeFactory.instance.arrayNode();
  private final ArrayNode logs = JsonNodeFactory.instance.arrayNode();
  private final List<String> problems = new ArrayList<>();

  CaseHost(Case given, Map<String, Catalogue.Function> functions) {
    this.given = given;
    this.functions = functions;
    kv = given.kv().deepCopy();
  }

  /** Name and arguments of each call that the case answers. */
  ArrayNode calls() {
    return calls;
  }

  /** {@code level: text} of each line. */
  ArrayNode logs() {
    return logs;
  }

  /** What the script keeps now. */
  ObjectNode kv() {
    return kv;
  }

  /** Calls that went wrong, whether or not the script has caught that. */
  List<String> problems() {
    return problems;
  }

  @Override
  public String call(String name, String text) {
    var arguments = (ArrayNode) json(text);
    var function = functions.get(name);
    for (var fault : function.arguments().mismatches(Catalogue.plain(arguments))) {
      throw refused("api.%s: argument %s".formatted(name, fault), "script.arguments-unfit");
    }
    return (given.answers().has(name) ? answered(name, function, arguments) : own(name, arguments))
        .toString();
  }

  private JsonNode answered(String name, Catalogue.Function function, ArrayNode arguments) {
    calls.add(JsonNodeFactory.instance.arrayNode().add(name).addAll(arguments));
    var answer = next(name);
    var thrown = answer.get("throws");
    if (thrown != null) {
      throw refusal(thrown.path("code").asText("error"), thrown.path("message").asText("refused"));
    }
    var value = answer.path("returns");
    for (var fault : function.result().mismatches(Catalogue.plain(value))) {
      problems.add("answers.%s returns what it never returns: %s".formatted(name, fault));
    }
    return value.isMissingNode() ? NullNode.instance : value;
  }

  /** One answer holds for all calls; of a list each holds for one. */
  private JsonNode next(String name) {
    var answers = given.answers().path(name);
    if (!answers.isArray()) {
      return answers;
    }
    var place = used.merge(name, 1, Integer::sum) - 1;
    if (place >= answers.size()) {
      var message = "api.%s was called %d times, but the case has %d answers for it";
      throw refused(message.formatted(name, place + 1, answers.size()), "test.no-answer");
    }
    return answers.get(place);
  }

  private JsonNode own(String name, ArrayNode arguments) {
    var key = arguments.path(0).asText("");
    return switch (name) {
      case "kv.get" -> kv.path(key).isMissingNode() ? NullNode.instance : kv.path(key);
      case "kv.set" -> {
        kv.set(key, arguments.path(1));
        yield NullNode.instance;
      }
      case "kv.delete" -> BooleanNode.valueOf(kv.remove(key) != null);
      case "kv.list" -> keys(key);
      case "secret" -> secret(key);
      default ->
          throw refused(
              "api.%s was called, but the case has no answer for it".formatted(name),
              "test.no-answer");
    };
  }

  private ArrayNode keys(String prefix) {
    var keys = JsonNodeFactory.instance.arrayNode();
    kv.properties().stream()
        .map(Map.Entry::getKey)
        .filter(key -> key.startsWith(prefix))
        .sorted()
        .forEach(keys::add);
    return keys;
  }

  private JsonNode secret(String name) {
    if (!given.secrets().has(name)) {
      throw refusal("script.secret-not-granted", "The script has no secret " + name + ".");
    }
    return given.secrets().path(name);
  }

  private PlatformException refused(String problem, String code) {
    problems.add(problem);
    return refusal(code, problem);
  }

  private static PlatformException refusal(String code, String message) {
    return new Refusal(code, ErrorKind.INVALID, message).of();
  }

  @Override
  public void log(String level, String text) {
    logs.add(level + ": " + text);
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("the sandbox gives JSON", impossible);
    }
  }
}
