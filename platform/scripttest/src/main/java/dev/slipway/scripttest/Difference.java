package dev.slipway.scripttest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Where two JSON values differ, one line a place. */
final class Difference {
  private static final int MOST = 20;

  private final List<String> lines = new ArrayList<>();

  private Difference() {}

  static List<String> between(String place, JsonNode expected, JsonNode actual) {
    var difference = new Difference();
    difference.look(place, expected, actual);
    var lines = difference.lines;
    return lines.size() <= MOST ? lines : lines.subList(0, MOST);
  }

  private void look(String place, JsonNode expected, JsonNode actual) {
    if (expected.isObject() && actual.isObject()) {
      var names = new TreeSet<String>();
      expected.fieldNames().forEachRemaining(names::add);
      actual.fieldNames().forEachRemaining(names::add);
      names.forEach(name -> look(place + "." + name, expected.path(name), actual.path(name)));
    } else if (expected.isArray() && actual.isArray()) {
      for (var i = 0; i < Math.max(expected.size(), actual.size()); i++) {
        look(place + "[" + i + "]", at(expected, i), at(actual, i));
      }
    } else if (!same(expected, actual)) {
      lines.add("%s: expected %s, was %s".formatted(place, shown(expected), shown(actual)));
    }
  }

  private static JsonNode at(JsonNode list, int index) {
    return index < list.size() ? list.get(index) : MissingNode.getInstance();
  }

  /** JavaScript has one kind of number. */
  private static boolean same(JsonNode one, JsonNode other) {
    return one.isNumber() && other.isNumber()
        ? one.decimalValue().compareTo(other.decimalValue()) == 0
        : one.equals(other);
  }

  private static String shown(JsonNode value) {
    return value.isMissingNode() ? "nothing" : value.toString();
  }
}
