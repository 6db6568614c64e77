package dev.slipway.fleet.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.PlatformException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelRuleTest {
  @ParameterizedTest
  @ValueSource(strings = {"zone", "a", "example.com/arch", "a_b-c.d"})
  void labelsAreWords(String key) {
    assertThat(LabelRule.checked(Map.of(key, "x y"))).containsEntry(key, "x y");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "-a", "a-", "a=b", "ä", "a\n"})
  void otherKeysAreRefused(String key) {
    assertThatThrownBy(() -> LabelRule.checked(Map.of(key, "x")))
        .isInstanceOf(PlatformException.class);
  }

  @Test
  void labelValuesAreTextWithinBounds() {
    var none = new HashMap<String, String>();
    none.put("a", null);
    assertThatThrownBy(() -> LabelRule.checked(none)).isInstanceOf(PlatformException.class);
    assertThatThrownBy(() -> LabelRule.checked(Map.of("a", "x".repeat(256))))
        .isInstanceOf(PlatformException.class);
    assertThatThrownBy(() -> LabelRule.checked(Map.of("a", "x\0")))
        .isInstanceOf(PlatformException.class);
    var many = new HashMap<String, String>();
    for (var number = 0; number < 65; number++) {
      many.put("k" + number, "");
    }
    assertThatThrownBy(() -> LabelRule.checked(many)).isInstanceOf(PlatformException.class);
  }
}
