package dev.slipway.apps.service.variable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.api.FieldError;
import dev.slipway.api.PlatformException;
import dev.slipway.apps.Phase;
import dev.slipway.apps.Stage;
import dev.slipway.apps.service.Faults;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvVarDraftTest {
  static List<String> faults(EnvVarDraft draft) {
    var refusal =
        catchThrowableOfType(PlatformException.class, () -> draft.checkedBy(new Faults()).raise());
    if (refusal == null) {
      return List.of();
    }
    assertThat(refusal).hasMessageNotContaining(draft.value());
    return refusal.fields().stream().map(FieldError::field).toList();
  }

  static EnvVarDraft draft(String key, String value) {
    return new EnvVarDraft(key, value, true, List.of(), null, List.of());
  }

  @ParameterizedTest
  @ValueSource(strings = {"A", "_", "DATABASE_URL", "a1", "port", "PORTS", "Port"})
  void acceptsKeys(String key) {
    assertThat(faults(draft(key, "a value"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "1A", "A-B", "A B", "A=B", "A\n", "A\u0000", "Ä", "A.B", "$(id)", "PORT"})
  void refusesKeysThatNoProcessCanHaveAndTheReservedOne(String key) {
    assertThat(faults(draft(key, "a value"))).containsExactly("key");
  }

  @Test
  void refusesEndlessKeys() {
    assertThat(faults(draft("A".repeat(255), "a value"))).isEmpty();
    assertThat(faults(draft("A".repeat(1_000_000), "a value"))).containsExactly("key");
  }

  @Test
  void aValueHasAtMost64KibibytesWhateverItsLetters() {
    assertThat(faults(draft("A", "é".repeat(32 * 1024)))).isEmpty();
    assertThat(faults(draft("A", "é".repeat(32 * 1024) + "a"))).containsExactly("value");
    assertThat(faults(draft("A", "a".repeat(64 * 1024 + 1)))).containsExactly("value");
  }

  @Test
  void aValueIsAnyTextButNul() {
    assertThat(faults(draft("A", "-----BEGIN KEY-----\r\n\t\u001b\n"))).isEmpty();
    assertThat(faults(draft("A", "a\u0000b"))).containsExactly("value");
    assertThat(faults(draft("A", "a\ud800b"))).containsExactly("value");
  }

  @Test
  void stagesAreKeptOnceAndInTheirOrder() {
    var draft =
        new EnvVarDraft(
            "A",
            "b",
            false,
            List.of(Stage.PRODUCTION, Stage.PREVIEW, Stage.PRODUCTION),
            null,
            List.of());
    assertThat(draft.bindings()).containsExactly("preview", "production");
  }

  @Test
  void aStageThatIsNullIsAFaultOfTheClient() {
    var draft =
        new EnvVarDraft("A", "a value", false, Arrays.asList(Stage.PREVIEW, null), null, List.of());
    assertThat(faults(draft)).containsExactly("stage_bindings");
  }

  @Test
  void noSecretIsForABuild() {
    var phases = List.of(Phase.RUN, Phase.BUILD, Phase.RUN);
    var plain = new EnvVarDraft("A", "b", false, List.of(), null, phases);
    assertThat(faults(plain)).isEmpty();
    assertThat(plain.phaseNames()).containsExactly("build", "run");
    var secret = new EnvVarDraft("A", "a value", true, List.of(), null, phases);
    assertThat(faults(secret)).containsExactly("phases");
    var run = new EnvVarDraft("A", "a value", true, List.of(), null, List.of(Phase.RUN));
    assertThat(faults(run)).isEmpty();
  }

  @Test
  void neverShowsItsValue() {
    assertThat(draft("A", "hunter2").toString()).doesNotContain("hunter2");
  }
}
