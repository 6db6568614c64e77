package dev.slipway.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.cli.output.SafeText;
import dev.slipway.cli.output.Table;

/** How values of the platform are shown to people. */
final class Shown {
  private Shown() {}

  /** A member as text, harmless for a terminal; empty when there is none. */
  static String text(JsonNode object, String member) {
    var value = object.path(member);
    return SafeText.line(value.isContainerNode() ? value.toString() : value.asText(""));
  }

  /** All members that have a value, one per line. */
  static Table members(JsonNode object) {
    var table = new Table();
    for (var member : object.properties()) {
      var text = text(object, member.getKey());
      if (!text.isEmpty()) {
        table.row(SafeText.line(member.getKey()), text);
      }
    }
    return table;
  }

  /** Who is signed in, without the tokens of a login's answer. */
  static ObjectNode profile(JsonNode answer) {
    var profile = JsonNodeFactory.instance.objectNode();
    profile.set("user", answer.path("user"));
    profile.set("memberships", answer.path("memberships"));
    return profile;
  }
}
