package dev.slipway.deployments.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.Ids;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private final UUID app = Ids.next();

  @Test
  void oneAtATimeWritesToAnApp() throws Exception {
    var turns = new Turns(Duration.ofMillis(20));
    try (var first = turns.of(app);
        var second = turns.of(app);
        var elsewhere = turns.of(Ids.next())) {
      first.take();
      first.take();
      elsewhere.take();
      assertThatThrownBy(second::take)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("another push to this app is being received");
      first.close();
      second.take();
      // It has left already, and takes nobody's turn with it.
      first.close();
      assertThatThrownBy(turns.of(app)::take).isInstanceOf(IOException.class);
    }
  }

  @Test
  void theNextOneWaits() throws Exception {
    var turns = new Turns(Duration.ofMinutes(1));
    var first = turns.of(app);
    first.take();
    var second =
        CompletableFuture.supplyAsync(
            () -> {
              try (var turn = turns.of(app)) {
                turn.take();
                return true;
              } catch (IOException refused) {
                return false;
              }
            });
    first.close();
    assertThat(second.get(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void notTooManyWriteAtOnce() throws Exception {
    var turns = new Turns(Duration.ofMillis(20));
    var taken = new ArrayList<Turns.Turn>();
    for (var each = 0; each < 8; each++) {
      var turn = turns.of(Ids.next());
      turn.take();
      taken.add(turn);
    }
    assertThatThrownBy(turns.of(app)::take).hasMessageContaining("too many pushes");
    taken.forEach(Turns.Turn::close);
    turns.of(app).take();
  }
}
