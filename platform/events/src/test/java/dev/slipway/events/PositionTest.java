package dev.slipway.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.ErrorKind;
import dev.slipway.api.FieldError;
import dev.slipway.api.PlatformException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionTest {
  @Test
  void aCursorReadsBackAsItsPosition() {
    var position = new Position(Long.MAX_VALUE, 17);
    assertThat(Position.parse(position.cursor())).isEqualTo(position);
  }

  @Test
  void transactionsComeBeforeSequenceNumbers() {
    assertThat(new Position(2, 1).isAfter(new Position(1, 9))).isTrue();
    assertThat(new Position(2, 1).isAfter(Position.before(2))).isTrue();
    assertThat(new Position(2, 1).max(new Position(2, 3))).isEqualTo(new Position(2, 3));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "7",
        "7-",
        "-7",
        "a-1",
        "1-a",
        "1-1 ",
        "1-1-1",
        "1--1",
        "١-١",
        "9999999999999999999-1",
        "1-99999999999999999999",
        "1-1'; drop table events_event"
      })
  void anythingElseIsRefusedNamingTheHeader(String cursor) {
    assertThatThrownBy(() -> Position.parse(cursor))
        .isInstanceOfSatisfying(
            PlatformException.class,
            refusal -> {
              assertThat(refusal.code().kind()).isEqualTo(ErrorKind.INVALID);
              assertThat(refusal.fields())
                  .extracting(FieldError::field)
                  .containsExactly("Last-Event-ID");
            });
  }
}
