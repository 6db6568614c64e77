package dev.slipway.admin.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.spi.ConfigVariable.Type;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigRuleTest {
  @ParameterizedTest
  @ValueSource(strings = {"0", "12", "-3", "0.5", "1000000000000000000000"})
  void takesNumbers(String value) {
    assertThat(ConfigRule.valueFault(Type.NUMERIC, value, List.of())).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " 1", "1,5", "1e9", "NaN", ".5", "5.", "0x10"})
  void refusesWhatIsNoNumber(String value) {
    assertThat(ConfigRule.valueFault(Type.NUMERIC, value, List.of())).isNotNull();
  }

  @Test
  void anEnumTakesItsOptionsAlone() {
    var options = ConfigRule.options(" a | b|a");
    assertThat(options).containsExactly("a", "b");
    assertThat(ConfigRule.optionsFault(Type.ENUM, options)).isNull();
    assertThat(ConfigRule.optionsFault(Type.ENUM, List.of())).isNotNull();
    assertThat(ConfigRule.optionsFault(Type.ENUM, ConfigRule.options("a||b"))).isNotNull();
    assertThat(ConfigRule.optionsFault(Type.STRING, options)).isNotNull();
    assertThat(ConfigRule.valueFault(Type.ENUM, "b", options)).isNull();
    assertThat(ConfigRule.valueFault(Type.ENUM, "c", options)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Hello {{name}}", "<b>{{ user.name }}</b>, on time", "a < b"})
  void takesTemplates(String value) {
    assertThat(ConfigRule.valueFault(Type.TEMPLATE, value, List.of())).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{name",
        "name}}",
        "{{a b}}",
        "{{}}",
        "<script>alert(1)</script>",
        "< ScRiPt src=x>",
        "<a href=\"javascript:x\">",
        "<img onerror = x>",
        "<iframe>",
        "data:text/html,x"
      })
  void refusesBrokenTemplatesAndScripts(String value) {
    assertThat(ConfigRule.valueFault(Type.TEMPLATE, value, List.of())).isNotNull();
  }
}
