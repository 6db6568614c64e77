package dev.slipway.pluginhost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.CommonError;
import dev.slipway.api.Ids;
import dev.slipway.api.PlatformException;
import dev.slipway.api.spi.ScriptUse;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class GuardedUseTest {
  private static List<String> said(ScriptUse use) {
    return new GuardedUse("com.example.rules", use).usesOf(Ids.next(), Ids.next());
  }

  @Test
  void saysNoMoreThanPeopleRead() {
    assertThat(said((tenant, script) -> List.of("rule 1"))).containsExactly("rule 1");
    assertThat(said((tenant, script) -> Collections.nCopies(1000, "x".repeat(100_000))))
        .hasSize(10)
        .allMatch(name -> name.length() == 200);
  }

  @Test
  void failureIsNoPermissionToRemoveTheScript() {
    assertThatThrownBy(
            () ->
                said(
                    (tenant, script) -> {
                      throw new IllegalStateException("secret detail");
                    }))
        .isInstanceOfSatisfying(
            PlatformException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(CommonError.UNAVAILABLE))
        .hasMessageContaining("com.example.rules")
        .hasMessageNotContaining("secret");
  }
}
