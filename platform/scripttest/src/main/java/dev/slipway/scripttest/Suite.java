package dev.slipway.scripttest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.cli.output.CliException;
import dev.slipway.cli.output.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A script with its cases. */
record Suite(Path script, String source, String hook, List<Case> cases) {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION).build();

  /** Reads both files; what is wrong with a test is told with its place. */
  static Suite read(Path script, Path test) {
    try {
      var content = object(test, JSON.readTree(Files.readString(test)));
      var hook = content.path("hook").asText();
      var cases = content.path("cases");
      if (hook.isEmpty() || !cases.isArray() || cases.isEmpty()) {
        throw CliException.usage(test + " must have a hook and cases");
      }
      var common = content.deepCopy();
      common.remove(List.of("hook", "cases"));
      var read = new ArrayList<Case>();
      for (var each : cases) {
        read.add(Case.read(test, laid(common, object(test, each))));
      }
      return new Suite(script, Files.readString(script), hook, read);
    } catch (JsonProcessingException broken) {
      var at = broken.getLocation();
      var message = "%s:%d:%d: %s";
      throw CliException.usage(
          message.formatted(test, at.getLineNr(), at.getColumnNr(), broken.getOriginalMessage()));
    } catch (IOException failure) {
      throw new CliException(ExitCode.USAGE, "cannot read " + failure.getMessage(), failure);
    }
  }

  private static ObjectNode object(Path test, JsonNode node) {
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw CliException.usage(test + ": a test and each of its cases is an object");
  }

  /** Objects member by member; all else is replaced. */
  private static ObjectNode laid(ObjectNode under, ObjectNode over) {
    ObjectNode both = under.deepCopy();
    over.properties()
        .forEach(
            member -> {
              var below = both.get(member.getKey());
              both.set(
                  member.getKey(),
                  below instanceof ObjectNode old && member.getValue() instanceof ObjectNode young
                      ? laid(old, young)
                      : member.getValue());
            });
    return both;
  }
}
