package dev.slipway.pluginhost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.FieldError;
import dev.slipway.store.json.PlatformJson;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsSchemaTest {
  private static final String SOUND =
      """
      {"type": "object", "required": ["url"], "properties": {
        "url": {"type": "string", "format": "uri"},
        "limit": {"type": "integer", "default": 5, "maximum": 9},
        "token": {"type": "string", "writeOnly": true, "enum": ["open sesame"]},
        "sender": {"type": "object", "properties": {"name": {"type": "string"}}}}}
      """;

  private static SettingsSchema schema(String settings) {
    var text = "{\"settings\":" + settings + "}";
    return SettingsSchema.of(new PlatformJson().read(text, Manifest.class));
  }

  @Test
  void valuesThatFitHaveNoFault() {
    var schema = schema(SOUND);
    assertThat(schema.faults()).isEmpty();
    assertThat(schema.check("values", Map.of("url", "https://example.org", "limit", 9))).isEmpty();
    assertThat(schema.complete(Map.of("url", "x"))).containsEntry("limit", 5);
  }

  @Test
  void eachFaultIsNamedAsTheBodyNamesIt() {
    var values = Map.<String, Object>of("limit", 10, "sender", Map.of("name", 5), "colour", "blue");
    assertThat(schema(SOUND).check("values", values))
        .extracting(FieldError::field)
        .containsExactlyInAnyOrder(
            "values.url", "values.limit", "values.sender.name", "values.colour");
  }

  @Test
  void formatsAreChecked() {
    assertThat(schema(SOUND).check("values", Map.of("url", "no address")))
        .extracting(FieldError::field)
        .containsExactly("values.url");
  }

  @Test
  void secretsAreMaskedAndNeverQuoted() {
    var schema = schema(SOUND);
    var values = Map.<String, Object>of("url", "https://example.org", "token", "let me in");
    assertThat(schema.masked(values)).containsEntry("token", SettingsSchema.MASK);
    assertThat(schema.check("values", values))
        .containsExactly(new FieldError("values.token", "does not fit: enum"));
  }

  @Test
  void whatAnotherVersionTookIsPassedOver() {
    var stored = Map.<String, Object>of("limit", 10, "gone", true, "sender", Map.of("name", "a"));
    assertThat(schema(SOUND).fitting(stored)).containsOnlyKeys("sender");
  }

  @Test
  void pluginWithoutSettingsTakesNone() {
    var schema = schema("null");
    assertThat(schema.faults()).isEmpty();
    assertThat(schema.check("values", Map.of("a", 1))).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "properties|{\"properties\":[1,2]}",
        "2020-12|{\"$schema\":\"http://json-schema.org/draft-07/schema#\"}",
        "read|{\"$ref\":\"http://127.0.0.1:1/schema\"}",
        "read|{\"$ref\":\"classpath:/logback.xml\"}",
        "read|{\"$ref\":\"#\"}",
        "default|{\"properties\":{\"a\":{\"type\":\"string\",\"default\":5}}}",
        "without default|{\"properties\":{\"a\":{\"type\":\"string\",\"writeOnly\":true,\"default\":\"x\"}}}",
        "must be a string|{\"properties\":{\"a\":{\"type\":\"integer\",\"writeOnly\":true}}}",
        "at the top|{\"properties\":{\"a\":{\"items\":{\"type\":\"string\",\"writeOnly\":true}}}}"
      })
  void faultySchemaIsToldApart(String reason, String settings) {
    assertThat(schema(settings).faults()).anyMatch(fault -> fault.contains(reason));
  }
}
