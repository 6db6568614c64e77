package dev.slipway.cli.deploy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.cli.output.CliException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code slipway.json} in a folder says about its app.
 *
 * @param fields of the app, under the platform's names; null takes a setting away
 * @param env variables
 */
public record AppFile(@Nullable String name, ObjectNode fields, Map<String, String> env) {
  public static final String FILE = "slipway.json";

  private static final int MAX_BYTES = 64 * 1024;
  private static final int MAX_ENV = 500;
  private static final Set<String> TEXTS =
      Set.of("install_command", "build_command", "start_command", "health_check_path");
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION).build();

  /** An empty one where the folder has none. */
  public static AppFile read(Path folder) {
    var file = folder.resolve(FILE);
    try (var in = Files.newInputStream(file)) {
      var bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw CliException.usage(FILE + " is larger than 64 KiB");
      }
      return parse(bytes);
    } catch (NoSuchFileException e) {
      return new AppFile(null, JsonNodeFactory.instance.objectNode(), Map.of());
    } catch (IOException e) {
      throw CliException.usage("cannot read " + file);
    }
  }

  static AppFile parse(byte[] bytes) throws IOException {
    JsonNode json;
    try {
      json = JSON.readTree(bytes);
    } catch (JsonProcessingException e) {
      var at = e.getLocation();
      throw CliException.usage(
          "%s is not JSON: %s (line %d, column %d)"
              .formatted(FILE, e.getOriginalMessage(), at.getLineNr(), at.getColumnNr()));
    }
    if (!json.isObject()) {
      throw CliException.usage(FILE + " must be a JSON object");
    }
    var faults = new ArrayList<String>();
    var file = convert((ObjectNode) json, faults);
    if (!faults.isEmpty()) {
      throw CliException.usage(FILE + ": " + String.join("; ", faults));
    }
    return file;
  }

  /** Settings of the command line go before those of the file. */
  public AppFile overriddenBy(ObjectNode given, Map<String, String> givenEnv) {
    var merged = fields.deepCopy();
    merged.setAll(given);
    var variables = new LinkedHashMap<>(env);
    variables.putAll(givenEnv);
    return new AppFile(name, merged, variables);
  }

  private static AppFile convert(ObjectNode json, List<String> faults) {
    var fields = JsonNodeFactory.instance.objectNode();
    var env = new LinkedHashMap<String, String>();
    String name = null;
    for (var property : json.properties()) {
      var key = property.getKey();
      var value = property.getValue();
      if (key.equals("name")) {
        name = value.asText();
        check(value.isTextual() && !name.isBlank(), "name must be a text", faults);
      } else if (key.equals("port")) {
        var fits = value.isInt() && value.intValue() >= 1 && value.intValue() <= 65535;
        check(fits, "port must be a number from 1 to 65535", faults);
        fields.set(key, value);
      } else if (TEXTS.contains(key)) {
        check(value.isTextual() || value.isNull(), key + " must be a text or null", faults);
        fields.set(key, value);
      } else if (key.equals("env")) {
        readEnv(value, env, faults);
      } else {
        faults.add("unknown member '" + key + "'");
      }
    }
    return new AppFile(name, fields, env);
  }

  private static void readEnv(JsonNode json, Map<String, String> env, List<String> faults) {
    check(json.isObject() && json.size() <= MAX_ENV, "env must be an object of texts", faults);
    for (var variable : json.properties()) {
      var key = variable.getKey();
      check(isVariableName(key), "env: '" + key + "' is no variable name", faults);
      check(variable.getValue().isValueNode(), "env: " + key + " must be a text", faults);
      env.put(key, variable.getValue().asText());
    }
  }

  public static boolean isVariableName(String key) {
    return key.matches("[A-Za-z_][A-Za-z0-9_]*");
  }

  private static void check(boolean holds, String fault, List<String> faults) {
    if (!holds) {
      faults.add(fault);
    }
  }
}
