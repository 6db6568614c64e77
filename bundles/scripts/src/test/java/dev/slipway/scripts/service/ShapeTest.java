package dev.slipway.scripts.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShapeTest {
  private static final Shape SHAPE =
      Shape.of(
          Map.of(
              "type",
              "object",
              "required",
              List.of("name"),
              "additionalProperties",
              false,
              "properties",
              Map.of(
                  "name", Map.of("type", "string", "minLength", 1, "maxLength", 3),
                  "count", Map.of("type", List.of("integer", "null"), "minimum", 1, "maximum", 9),
                  "kind", Map.of("enum", List.of("a", "b")),
                  "list", Map.of("type", "array", "maxItems", 2, "items", Map.of("type", "number")),
                  "either",
                      Map.of("anyOf", List.of(Map.of("type", "string"), Map.of("const", 7))))));

  @Test
  void letsPassWhatFits() {
    var value = Map.of("name", "ab", "count", 3, "kind", "a", "list", List.of(1, 2.5), "either", 7);
    assertThat(SHAPE.faults(value)).isEmpty();
  }

  @Test
  void namesThePlaceOfEachFault() {
    var value =
        Map.of(
            "name",
            "abcd",
            "count",
            10,
            "kind",
            "c",
            "list",
            List.of(1, "x"),
            "either",
            8,
            "more",
            1);
    assertThat(SHAPE.faults(value))
        .anyMatch(fault -> fault.startsWith("name must have at most 3"))
        .anyMatch(fault -> fault.startsWith("count must be at most 9"))
        .anyMatch(fault -> fault.startsWith("kind must be one of"))
        .anyMatch(fault -> fault.startsWith("list/1 must be of type number"))
        .anyMatch(fault -> fault.startsWith("either fits none"))
        .contains("more is not known")
        .hasSize(6);
    assertThat(SHAPE.faults(Map.of())).containsExactly("name is missing");
    assertThat(SHAPE.faults("x")).containsExactly("the value must be of type object");
    assertThat(SHAPE.faults(null)).isNotEmpty();
  }

  @Test
  void describesListsByPlace() {
    var arguments =
        Shape.of(
            Map.of(
                "type",
                "array",
                "minItems",
                1,
                "maxItems",
                2,
                "prefixItems",
                List.of(Map.of("type", "string"), Map.of("type", "boolean"))));
    assertThat(arguments.faults(List.of("a", true))).isEmpty();
    assertThat(arguments.faults(List.of())).isNotEmpty();
    assertThat(arguments.faults(Arrays.asList("a", null))).isNotEmpty();
    assertThat(arguments.faults(List.of("a", true, 1))).isNotEmpty();
  }

  @Test
  void refusesKeywordsThatItDoesNotKnow() {
    assertThatThrownBy(
            () -> Shape.of(Map.of("properties", Map.of("a", Map.of("$ref", "#/somewhere")))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("$ref");
  }
}
