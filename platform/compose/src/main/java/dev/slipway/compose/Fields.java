package dev.slipway.compose;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The members of a map of the file. What nobody has asked for by the end was not understood, and is
 * said to be wrong: nothing is dropped in silence.
 */
final class Fields {
  private final String path;
  private final Map<?, ?> members;
  private final Findings findings;
  private final Set<String> asked = new HashSet<>();

  private Fields(String path, Map<?, ?> members, Findings findings) {
    this.path = path;
    this.members = members;
    this.findings = findings;
  }

  /** An empty one where there is nothing, or, with a problem, something else. */
  static Fields of(String path, @Nullable Object value, Findings findings) {
    if (value instanceof Map<?, ?> members) {
      return new Fields(path, members, findings);
    }
    if (value != null) {
      findings.problem(path, "is not a map");
    }
    return new Fields(path, Map.of(), findings);
  }

  String at(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  Findings findings() {
    return findings;
  }

  void problem(String key, String message) {
    findings.problem(at(key), message);
  }

  boolean has(String key) {
    return members.containsKey(key);
  }

  @Nullable Object value(String key) {
    asked.add(key);
    return members.get(key);
  }

  Fields object(String key) {
    return of(at(key), value(key), findings);
  }

  @Nullable String text(String key) {
    var value = value(key);
    if (value != null && !(value instanceof String)) {
      problem(key, "is not a text");
    }
    return value instanceof String text ? text : null;
  }

  boolean flag(String key) {
    var text = text(key);
    if (text != null && !text.equals("true") && !text.equals("false")) {
      problem(key, "is neither true nor false");
    }
    return "true".equals(text);
  }

  /** A list of texts; null where there is none. */
  @Nullable List<String> texts(String key) {
    var value = value(key);
    if (value == null) {
      return null;
    }
    var texts = new ArrayList<String>();
    if (value instanceof List<?> list) {
      for (var item : list) {
        if (item instanceof String text) {
          texts.add(text);
        } else {
          problem(key, "is not a list of texts");
        }
      }
    } else {
      problem(key, "is not a list");
    }
    return texts;
  }

  /** Items of a list, each with its path; none where there is no list. */
  Map<String, @Nullable Object> items(String key) {
    var items = new LinkedHashMap<String, @Nullable Object>();
    switch (value(key)) {
      case null -> {}
      case List<?> list -> list.forEach(i -> items.put(at(key) + "[" + items.size() + "]", i));
      default -> problem(key, "is not a list");
    }
    return items;
  }

  /** Members of a map, or the names of a list without anything about them. */
  Map<String, @Nullable Object> named(String key) {
    var named = new LinkedHashMap<String, @Nullable Object>();
    switch (value(key)) {
      case null -> {}
      case List<?> names -> names.forEach(name -> named.put(String.valueOf(name), null));
      case Map<?, ?> map -> map.forEach((name, value) -> named.put((String) name, value));
      default -> problem(key, "is neither a list nor a map");
    }
    return named;
  }

  /** Texts by name, from a map or from a list of {@code NAME=VALUE}; null where no value stands. */
  Map<String, @Nullable String> pairs(String key) {
    var pairs = new LinkedHashMap<String, @Nullable String>();
    switch (value(key)) {
      case null -> {}
      case List<?> list -> list.forEach(item -> pair(key, item, pairs));
      case Map<?, ?> map ->
          map.forEach(
              (name, value) -> {
                if (value != null && !(value instanceof String)) {
                  problem(key + "." + name, "is not a text");
                }
                pairs.put((String) name, value instanceof String text ? text : null);
              });
      default -> problem(key, "is neither a list nor a map");
    }
    return pairs;
  }

  private void pair(String key, @Nullable Object item, Map<String, @Nullable String> pairs) {
    if (!(item instanceof String text) || text.isEmpty() || text.startsWith("=")) {
      problem(key, "has an item that is not NAME=VALUE");
      return;
    }
    int equals = text.indexOf('=');
    pairs.put(
        equals < 0 ? text : text.substring(0, equals),
        equals < 0 ? null : text.substring(equals + 1));
  }

  /** What has no effect here, and does no harm. */
  void leave(String key, String why) {
    if (has(key)) {
      asked.add(key);
      findings.warning(at(key), "is left out: " + why);
    }
  }

  /**
   * Says what is wrong with all that was not asked for.
   *
   * @param refused reasons by key
   */
  void end(Map<String, String> refused) {
    for (var key : members.keySet()) {
      var name = String.valueOf(key);
      if (!asked.contains(name) && !name.startsWith("x-")) {
        problem(name, refused.getOrDefault(name, "is not supported"));
      }
    }
  }

  void end() {
    end(Map.of());
  }
}
