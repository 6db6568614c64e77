package dev.slipway.agent.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.agent.edge.Route.Share;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private static Share share(String host, int weight) {
    return new Share(host, 80, weight);
  }

  private static String order(Turns turns, int count) {
    return IntStream.range(0, count)
        .mapToObj(turn -> turns.take(null).upstreamHost())
        .collect(Collectors.joining());
  }

  @Test
  void eachHasAsManyTurnsAsItWeighsInEveryRound() {
    var turns = Turns.of(List.of(share("a", 90), share("b", 10)));
    for (int round = 0; round < 5; round++) {
      assertThat(order(turns, 10).replace("a", "")).isEqualTo("b");
    }
  }

  @Test
  void turnsAreSpreadEvenly() {
    assertThat(order(Turns.of(List.of(share("a", 5), share("b", 1), share("c", 1))), 7))
        .isEqualTo("aabacaa");
    assertThat(order(Turns.of(List.of(share("a", 50), share("b", 50))), 6)).isEqualTo("ababab");
  }

  @Test
  void whoFailedIsPassedOverWhereThereIsSomebodyElse() {
    var broken = share("a", 99);
    var turns = Turns.of(List.of(broken, share("b", 1)));
    for (int request = 0; request < 200; request++) {
      assertThat(turns.take(broken).upstreamHost()).isEqualTo("b");
    }
    assertThat(Turns.of(List.of(broken)).take(broken)).isEqualTo(broken);
  }

  @Test
  void aSecondTryTakesNobodysTurn() {
    var broken = share("a", 1);
    var turns = Turns.of(List.of(broken, share("b", 1)));
    int first = 0;
    for (int request = 0; request < 100; request++) {
      if (turns.take(null).equals(broken)) {
        first++;
        turns.take(broken);
      }
    }
    assertThat(first).isEqualTo(50);
  }
}
