package dev.slipway.scripttest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What came of one case.
 *
 * @param problems one line each; empty where it has passed
 */
record Report(String script, String name, List<String> problems, long millis) {
  Report {
    problems = List.copyOf(problems);
  }

  boolean passed() {
    return problems.isEmpty();
  }

  ObjectNode json() {
    var json = JsonNodeFactory.instance.objectNode();
    json.put("script", script).put("case", name).put("passed", passed());
    problems.forEach(json.putArray("problems")::add);
    return json.put("ms", millis);
  }
}
