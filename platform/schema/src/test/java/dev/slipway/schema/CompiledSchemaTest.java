package dev.slipway.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.platform.JsonSchema.Mismatch;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompiledSchemaTest {
  private static final CompiledSchema SCHEMA =
      CompiledSchema.of(
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
                  "list", Map.of("type", "array", "maxItems", 2, "items", Map.of("type", "number")),
                  "either", Map.of("anyOf", List.of(Map.of("type", "string"), Map.of("const", 7))),
                  "at", Map.of("type", "string", "format", "date-time"))));

  @Test
  void letsPassWhatFits() {
    var value =
        Map.of(
            "name",
            "ab",
            "count",
            3,
            "list",
            List.of(1, 2.5),
            "either",
            7,
            "at",
            "2026-01-01T00:00:00Z");
    assertThat(SCHEMA.mismatches(value)).isEmpty();
  }

  @Test
  void namesThePlaceOfEachFault() {
    var value =
        Map.of("name", "abcd", "count", 10, "list", List.of(1, "x"), "at", "noon", "more", 1);
    assertThat(SCHEMA.mismatches(value))
        .extracting(Mismatch::path)
        .containsExactlyInAnyOrder(
            List.of("name"),
            List.of("count"),
            List.of("list", "1"),
            List.of("at"),
            List.of("more"));
    assertThat(SCHEMA.mismatches(Map.of("either", 8, "name", "a"))).isNotEmpty();
    assertThat(SCHEMA.mismatches(Map.of()))
        .singleElement()
        .satisfies(
            missing -> {
              assertThat(missing.keyword()).isEqualTo("required");
              assertThat(missing.toString()).startsWith("name: ");
            });
    assertThat(SCHEMA.mismatches(null)).isNotEmpty();
  }

  @Test
  void describesListsByPlace() {
    var arguments =
        CompiledSchema.of(
            Map.of(
                "type",
                "array",
                "minItems",
                1,
                "maxItems",
                2,
                "prefixItems",
                List.of(Map.of("type", "string"), Map.of("type", "boolean"))));
    assertThat(arguments.mismatches(List.of("a", true))).isEmpty();
    assertThat(arguments.mismatches(List.of())).isNotEmpty();
    assertThat(arguments.mismatches(Arrays.asList("a", null))).isNotEmpty();
    assertThat(arguments.mismatches(List.of("a", true, 1))).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:1/schema",
        "classpath:/logback.xml",
        "file:///etc/passwd",
        "#/nowhere"
      })
  void refersToNothingOutsideOfItself(String reference) {
    var schema = Map.<String, Object>of("properties", Map.of("a", Map.of("$ref", reference)));
    assertThatThrownBy(() -> CompiledSchema.of(schema))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesWhatRefersToItselfWithoutEnd() {
    assertThatThrownBy(() -> CompiledSchema.of(Map.of("$ref", "#")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesWhatIsNoSchema() {
    assertThatThrownBy(() -> CompiledSchema.of(Map.of("properties", List.of(1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("properties");
    assertThatThrownBy(() -> CompiledSchema.of(Map.of("type", "thing")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> CompiledSchema.of(Map.of("$schema", "http://json-schema.org/draft-07/schema#")))
        .hasMessageContaining("2020-12");
  }
}
