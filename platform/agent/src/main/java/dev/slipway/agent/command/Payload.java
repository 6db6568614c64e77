package dev.slipway.agent.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A command's JSON object. A key that is missing or null reads as the fallback; a wrong type fails.
 */
public final class Payload {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern ENVIRONMENT_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern INSTANCE_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,127}");

  private final ObjectNode root;

  private Payload(ObjectNode root) {
    this.root = root;
  }

  /** An empty payload reads as {@code {}}. */
  public static Payload parse(String text) throws CommandFailure {
    if (text.isBlank()) {
      return new Payload(JsonNodeFactory.instance.objectNode());
    }
    try {
      if (JSON.readTree(text) instanceof ObjectNode object) {
        return new Payload(object);
      }
    } catch (JsonProcessingException e) {
      // Jackson's message quotes the text, which may hold secrets.
      throw new CommandFailure("invalid payload: not JSON");
    }
    throw new CommandFailure("invalid payload: not an object");
  }

  public Set<String> keys() {
    var names = new TreeSet<String>();
    root.fieldNames().forEachRemaining(names::add);
    return names;
  }

  public boolean has(String key) {
    return root.hasNonNull(key);
  }

  public String text(String key, String fallback) throws CommandFailure {
    var node = root.get(key);
    if (node == null || node.isNull()) {
      return fallback;
    }
    return asText(key, node);
  }

  /** Fails on a missing or empty text. */
  public String required(String key) throws CommandFailure {
    var value = text(key, "");
    if (value.isBlank()) {
      throw new CommandFailure("invalid payload: " + key + " is required");
    }
    return value;
  }

  /** The name of an instance: no blanks, no separators, no options. */
  public String instanceName(String key) throws CommandFailure {
    var name = required(key);
    if (!INSTANCE_NAME.matcher(name).matches()) {
      throw new CommandFailure("invalid payload: " + key + " is not a container name");
    }
    return name;
  }

  public long integer(String key, long fallback) throws CommandFailure {
    var node = root.get(key);
    if (node == null || node.isNull()) {
      return fallback;
    }
    if (!node.isIntegralNumber() || !node.canConvertToLong()) {
      throw wrongType(key, "an integer");
    }
    return node.longValue();
  }

  public double number(String key, double fallback) throws CommandFailure {
    var node = root.get(key);
    if (node == null || node.isNull()) {
      return fallback;
    }
    if (!node.isNumber()) {
      throw wrongType(key, "a number");
    }
    return node.doubleValue();
  }

  public int port(String key, int fallback) throws CommandFailure {
    var port = integer(key, fallback);
    if (port < 1 || port > 65_535) {
      throw new CommandFailure("invalid payload: " + key + " is not a port");
    }
    return (int) port;
  }

  public boolean flag(String key) throws CommandFailure {
    var node = root.get(key);
    if (node == null || node.isNull()) {
      return false;
    }
    if (!node.isBoolean()) {
      throw wrongType(key, "true or false");
    }
    return node.booleanValue();
  }

  public List<String> texts(String key) throws CommandFailure {
    var texts = new ArrayList<String>();
    for (var node : array(key)) {
      texts.add(asText(key, node));
    }
    return List.copyOf(texts);
  }

  public List<Integer> integers(String key) throws CommandFailure {
    var numbers = new ArrayList<Integer>();
    for (var node : array(key)) {
      if (!node.isInt()) {
        throw wrongType(key, "a list of integers");
      }
      numbers.add(node.intValue());
    }
    return List.copyOf(numbers);
  }

  public List<Payload> objects(String key) throws CommandFailure {
    var objects = new ArrayList<Payload>();
    for (var node : array(key)) {
      if (!(node instanceof ObjectNode object)) {
        throw wrongType(key, "a list of objects");
      }
      objects.add(new Payload(object));
    }
    return List.copyOf(objects);
  }

  /** An object; an empty one where there is none. */
  public Payload object(String key) throws CommandFailure {
    var node = root.get(key);
    if (node == null || node.isNull()) {
      return new Payload(JsonNodeFactory.instance.objectNode());
    }
    if (!(node instanceof ObjectNode object)) {
      throw wrongType(key, "an object");
    }
    return new Payload(object);
  }

  public Map<String, String> textMap(String key) throws CommandFailure {
    var node = root.get(key);
    if (node == null || node.isNull()) {
      return Map.of();
    }
    if (!(node instanceof ObjectNode object)) {
      throw wrongType(key, "an object of texts");
    }
    var map = new LinkedHashMap<String, String>();
    for (var entry : object.properties()) {
      map.put(entry.getKey(), asText(key, entry.getValue()));
    }
    return map;
  }

  /** A map whose keys can be names of environment variables and whose values have no NUL. */
  public Map<String, String> environment(String key) throws CommandFailure {
    var variables = textMap(key);
    for (var variable : variables.entrySet()) {
      if (!ENVIRONMENT_NAME.matcher(variable.getKey()).matches()
          || variable.getValue().indexOf('\0') >= 0) {
        throw new CommandFailure("invalid payload: " + key + " has a bad variable name or value");
      }
    }
    return variables;
  }

  private ArrayNode array(String key) throws CommandFailure {
    var node = root.get(key);
    if (node == null || node.isNull()) {
      return JsonNodeFactory.instance.arrayNode();
    }
    if (!(node instanceof ArrayNode array)) {
      throw wrongType(key, "a list");
    }
    return array;
  }

  private static String asText(String key, JsonNode node) throws CommandFailure {
    if (!node.isTextual()) {
      throw wrongType(key, "text");
    }
    return node.textValue();
  }

  private static CommandFailure wrongType(String key, String wanted) {
    return new CommandFailure("invalid payload: " + key + " is not " + wanted);
  }
}
