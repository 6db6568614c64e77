package dev.slipway.scripttest;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.slipway.api.platform.JsonSchema;
import dev.slipway.cli.output.CliException;
import dev.slipway.cli.output.ExitCode;
import dev.slipway.schema.CompiledSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The hooks and functions that there are, as {@code GET /api/script-hooks} tells them. */
record Catalogue(Map<String, Hook> hooks, Map<String, Function> functions) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final TypeReference<Map<String, @Nullable Object>> OBJECT =
      new TypeReference<>() {};

  /** A hook. */
  record Hook(JsonSchema input, JsonSchema result, Set<String> functions, long timeoutMs) {}

  /** A function. */
  record Function(JsonSchema arguments, JsonSchema result) {}

  static Catalogue read(Path file) {
    try {
      var json = JSON.readTree(file.toFile());
      var hooks = new HashMap<String, Hook>();
      for (var hook : json.path("hooks")) {
        var functions = new HashSet<String>();
        hook.path("apis").forEach(name -> functions.add(name.asText()));
        hooks.put(
            hook.path("name").asText(),
            new Hook(
                schema(hook, "input"),
                schema(hook, "result"),
                functions,
                hook.path("default_timeout_ms").asLong()));
      }
      var functions = new HashMap<String, Function>();
      for (var function : json.path("apis")) {
        functions.put(
            function.path("name").asText(),
            new Function(schema(function, "arguments"), schema(function, "result")));
      }
      return new Catalogue(hooks, functions);
    } catch (IOException | IllegalArgumentException broken) {
      throw new CliException(
          ExitCode.USAGE,
          file + " does not tell which hooks there are: " + broken.getMessage(),
          broken);
    }
  }

  private static JsonSchema schema(JsonNode of, String member) {
    return CompiledSchema.of(JSON.convertValue(of.path(member), OBJECT));
  }

  /** A JSON tree as plain values, which schemas take. */
  static @Nullable Object plain(JsonNode value) {
    return JSON.convertValue(value, Object.class);
  }
}
