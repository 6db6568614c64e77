package dev.slipway.agent.edge;

import dev.slipway.agent.edge.Route.Share;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is among the shares of a route. In each round every share has as many turns as its
 * weight, spread as evenly as they can be; so the division is exact, whatever the requests are.
 * Thread-safe.
 */
final class Turns {
  private final Share[] round;
  private final AtomicInteger next = new AtomicInteger();

  private Turns(Share[] round) {
    this.round = round;
  }

  static Turns of(List<Share> shares) {
    int divisor = shares.stream().mapToInt(Share::weight).reduce(0, Turns::divisor);
    int total = shares.stream().mapToInt(share -> share.weight() / divisor).sum();
    var credit = new int[shares.size()];
    var round = new Share[total];
    for (int turn = 0; turn < total; turn++) {
      int richest = 0;
      for (int i = 0; i < credit.length; i++) {
        credit[i] += shares.get(i).weight() / divisor;
        if (credit[i] > credit[richest]) {
          richest = i;
        }
      }
      credit[richest] -= total;
      round[turn] = shares.get(richest);
    }
    return new Turns(round);
  }

  private static int divisor(int a, int b) {
    return b == 0 ? a : divisor(b, a % b);
  }

  /**
   * The next one.
   *
   * @param failed who just failed to answer, and is passed over where there is somebody else; that
   *     takes nobody's turn
   */
  Share take(@Nullable Share failed) {
    var turn = failed == null ? next.getAndIncrement() : next.get();
    var start = Math.floorMod(turn, round.length);
    for (int i = 0; i < round.length; i++) {
      var share = round[(start + i) % round.length];
      if (!share.equals(failed)) {
        return share;
      }
    }
    return round[start];
  }
}
