package dev.slipway.scripttest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.cli.output.CliException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Set;

/**
 * One case: what the script is given, and what must come of it.
 *
 * @param now milliseconds since 1970; 0 for the time
 * @param timeoutMs 0 for that of the hook
 * @param kv what the script has kept
 * @param secrets those that it is granted
 * @param answers what functions answer, by name
 * @param expect members that are left out are not compared
 */
record Case(
    String name,
    JsonNode event,
    long now,
    long timeoutMs,
    ObjectNode kv,
    ObjectNode secrets,
    ObjectNode answers,
    ObjectNode expect) {
  private static final Set<String> MEMBERS =
      Set.of("name", "event", "now", "timeout_ms", "kv", "secrets", "answers", "expect");
  private static final Set<String> EXPECTED = Set.of("result", "error", "calls", "logs", "kv");

  static Case read(Path test, ObjectNode json) {
    var name = json.path("name").asText();
    known(test, name, json, MEMBERS);
    var expect = member(test, json, "expect");
    known(test, name, expect, EXPECTED);
    if (name.isEmpty() || !json.has("event") || expect.isEmpty()) {
      throw CliException.usage(test + ": each case needs a name, an event and what to expect");
    }
    return new Case(
        name,
        json.path("event"),
        now(test, json),
        json.path("timeout_ms").asLong(),
        member(test, json, "kv"),
        member(test, json, "secrets"),
        member(test, json, "answers"),
        expect);
  }

  /** A misspelt expectation would hold for ever. */
  private static void known(Path test, String name, ObjectNode json, Set<String> members) {
    for (var member : json.properties()) {
      if (!members.contains(member.getKey())) {
        throw CliException.usage(
            "%s: case '%s' has a member %s, which is not known"
                .formatted(test, name, member.getKey()));
      }
    }
  }

  private static ObjectNode member(Path test, ObjectNode json, String name) {
    return switch (json.get(name)) {
      case null -> JsonNodeFactory.instance.objectNode();
      case ObjectNode object -> object;
      default -> throw CliException.usage(test + ": " + name + " must be an object");
    };
  }

  private static long now(Path test, ObjectNode json) {
    try {
      return json.has("now") ? Instant.parse(json.path("now").asText()).toEpochMilli() : 0;
    } catch (DateTimeException odd) {
      throw CliException.usage(test + ": now must be a time such as 2026-01-31T12:00:00Z");
    }
  }
}
