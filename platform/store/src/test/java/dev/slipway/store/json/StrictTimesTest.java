package dev.slipway.store.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictTimesTest {
  private final ObjectMapper strict = JsonMappers.strict().build();

  record Due(Instant at) {}

  @Test
  void aTimeIsText() throws Exception {
    var due = strict.readValue("{\"at\":\"2026-01-02T03:04:05.5Z\"}", Due.class);
    assertThat(due.at()).isEqualTo("2026-01-02T03:04:05.500Z");
    assertThat(strict.readValue("{\"at\":null}", Due.class).at()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "1.5", "true", "[]", "{}", "\"soon\""})
  void nothingElseIs(String value) {
    assertThatThrownBy(() -> strict.readValue("{\"at\":" + value + "}", Due.class))
        .isInstanceOf(JsonProcessingException.class);
  }
}
