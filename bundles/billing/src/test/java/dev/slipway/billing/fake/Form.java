package dev.slipway.billing.fake;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a request; every one has to be known and those that are required to be there.
 */
record Form(Map<String, String> values) {
  static Form parse(@Nullable String text) {
    var values = new LinkedHashMap<String, String>();
    for (var pair : text == null || text.isEmpty() ? new String[0] : text.split("&")) {
      var parts = pair.split("=", 2);
      values.put(decode(parts[0]), parts.length > 1 ? decode(parts[1]) : "");
    }
    return new Form(values);
  }

  /** Refuses parameters that none of the patterns knows. */
  Form only(String... patterns) {
    for (var name : values.keySet()) {
      if (java.util.Arrays.stream(patterns).noneMatch(name::matches)) {
        throw Refused.invalid("parameter_unknown", "Received unknown parameter: " + name);
      }
    }
    return this;
  }

  String required(String name) {
    var value = values.get(name);
    if (value == null || value.isEmpty()) {
      throw Refused.invalid("parameter_missing", "Missing required param: " + name);
    }
    return value;
  }

  String or(String name, String otherwise) {
    return values.getOrDefault(name, otherwise);
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  /** A number within what Stripe takes. */
  long amount(String name) {
    var value = required(name);
    if (!value.matches("[0-9]{1,8}")) {
      throw Refused.invalid("parameter_invalid_integer", "Invalid integer: " + name);
    }
    return Long.parseLong(value);
  }

  Map<String, String> metadata(String prefix) {
    var found = new LinkedHashMap<String, String>();
    values.forEach(
        (name, value) -> {
          if (name.startsWith(prefix + "[")) {
            found.put(name.substring(prefix.length() + 1, name.length() - 1), value);
          }
        });
    return found;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
