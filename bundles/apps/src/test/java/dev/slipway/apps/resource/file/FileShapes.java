package dev.slipway.apps.resource.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Sections of the file beside the bodies of the operations that do the same. */
final class FileShapes {
  private static final List<String> BOUNDS =
      List.of("minimum", "maximum", "minLength", "maxLength", "maxItems", "enum");

  private FileShapes() {}

  /** Every member of a section has the bounds that it has in the body of an operation. */
  static void same(JsonNode file, String section, JsonNode document, String path, String method) {
    var body =
        document
            .path("paths")
            .path(path)
            .path(method)
            .at("/requestBody/content/application~1json/schema");
    var known = document.at(body.path("$ref").asText().substring(1)).path("properties");
    var properties = file.path("properties").path(section).path("properties");
    assertThat(properties).isNotEmpty();
    properties
        .properties()
        .forEach(
            member -> {
              var there = known.path(member.getKey());
              assertThat(there.isMissingNode()).as(section + "." + member.getKey()).isFalse();
              for (var bound : BOUNDS) {
                if (there.has(bound)) {
                  assertThat(text(member.getValue().path(bound)))
                      .as(section + "." + member.getKey() + " " + bound)
                      .isEqualTo(text(there.path(bound)));
                }
              }
            });
  }

  /** However a number is written. */
  private static String text(JsonNode bound) {
    return bound.isNumber()
        ? bound.decimalValue().stripTrailingZeros().toPlainString()
        : bound.toString();
  }
}
