package dev.slipway.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.slipway.api.Ids;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OperationsDraftTest {

  static Operations.Draft draft(String type, List<String> steps) {
    return new Operations.Draft(type, "app", Ids.next(), null, steps, null);
  }

  @Test
  void hasNoMetadataUnlessGiven() {
    assertThat(draft("deploy", List.of("clone")).metadata()).isEqualTo(Map.of());
  }

  @Test
  void refusesAWordThatIsBlankOrLong() {
    assertThatIllegalArgumentException().isThrownBy(() -> draft(" ", List.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> draft("x".repeat(101), List.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> draft("deploy", List.of("")));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 100})
  void takesUpToAHundredSteps(int steps) {
    assertThat(draft("deploy", Collections.nCopies(steps, "step")).steps()).hasSize(steps);
  }

  @Test
  void refusesMoreThanAHundredSteps() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> draft("deploy", Collections.nCopies(101, "step")));
  }
}
