package dev.slipway.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.CommonError;
import dev.slipway.api.PlatformException;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailuresTest {
  @ParameterizedTest
  @ValueSource(strings = {"22021", "22001", "54000"})
  void whatNoColumnCanHoldIsTheClientsFault(String state) {
    assertThat(Failures.translate(new SQLException("no", state)))
        .isInstanceOfSatisfying(
            PlatformException.class,
            refused -> assertThat(refused.code()).isEqualTo(CommonError.MALFORMED));
  }
}
