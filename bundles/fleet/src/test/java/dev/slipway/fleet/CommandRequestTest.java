package dev.slipway.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CommandRequestTest {
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
