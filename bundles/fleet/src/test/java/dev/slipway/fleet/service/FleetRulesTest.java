package dev.slipway.fleet.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.PlatformException;
import dev.slipway.fleet.CommandRequest;
import dev.slipway.fleet.CommandStatus;
import dev.slipway.fleet.CommandType;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FleetRulesTest {
  @ParameterizedTest
  @CsvSource({
    "completed,COMPLETED",
    "queued,COMPLETED",
    "cancelled,CANCELLED",
    "failed,FAILED",
    "'',FAILED",
    "COMPLETED,FAILED",
    "running,FAILED"
  })
  void anUnknownFinalWordIsAFailure(String word, CommandStatus status) {
    assertThat(CommandFlow.outcome(word)).isEqualTo(status);
  }

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

  @Test
  void textBecomesOneShellWord() {
    assertThat(InstallScript.quoted("plain")).isEqualTo("'plain'");
    assertThat(InstallScript.quoted("it's; $(rm) `x`")).isEqualTo("'it'\\''s; $(rm) `x`'");
  }

  @Test
  void secretsAreLongAndKeptAsHash() {
    var secret = Secret.fresh();
    assertThat(secret).hasSize(43).matches("[A-Za-z0-9_-]+").isNotEqualTo(Secret.fresh());
    assertThat(Secret.matches(secret, Secret.hash(secret))).isTrue();
    assertThat(Secret.matches(secret + "x", Secret.hash(secret))).isFalse();
  }

  @Test
  void requestsHaveBounds() {
    var id = UUID.randomUUID();
    assertThatThrownBy(
            () -> CommandRequest.of(id, CommandType.EXEC, "{}", "test", Duration.ofHours(49)))
        .isInstanceOf(IllegalArgumentException.class);
    var request = CommandRequest.of(id, CommandType.EXEC, "{\"a\":1}", "test", Duration.ofHours(1));
    assertThatThrownBy(() -> request.once(" ")).isInstanceOf(IllegalArgumentException.class);
    assertThat(request.toString()).doesNotContain("{");
  }
}
