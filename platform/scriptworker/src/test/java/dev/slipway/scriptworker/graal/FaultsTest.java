package dev.slipway.scriptworker.graal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.scriptworker.wire.Message.Fault;
import org.junit.jupiter.api.Test;

class FaultsTest {
  @Test
  void eachFaultHasItsPlace() {
    assertThat(
            Faults.syntax(
                "SyntaxError: a.js:2:8 Expected x\n  let ;\n      ^\na.js:3:0 Expected y\n}",
                "a.js"))
        .containsExactly(new Fault("Expected x", 2, 9, null), new Fault("Expected y", 3, 1, null));
  }

  @Test
  void aQuotedLineOfTheSourceIsNoFault() {
    assertThat(Faults.syntax("a.js:1:2 Expected x\na:99999999999:1 b\nb.js:1:1 c", "a.js"))
        .containsExactly(new Fault("Expected x", 1, 3, null));
  }

  @Test
  void aPlaceThatNoSourceHasIsNone() {
    assertThat(Faults.syntax("a.js:99999999999:99999999999 b", "a.js"))
        .extracting(Fault::line)
        .containsExactly(0);
  }
}
