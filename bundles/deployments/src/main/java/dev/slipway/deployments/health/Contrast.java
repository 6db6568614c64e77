package dev.slipway.deployments.health;

import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The requests of two versions side by side, and what to do about the difference. */
public final class Contrast {
  /** So many requests of each are worth an opinion. */
  private static final long ENOUGH = 50;

  /** How sure a difference of failures must be: so many standard errors. */
  private static final double SURE = 3;

  /** Sure or not, less than that is not worth a rollback. */
  private static final double WORTH_PERCENT = 1;

  private static final double MUCH_SLOWER_PERCENT = 100;
  private static final double WORTH_MS = 50;
  private static final double MOST_CONFIDENT = 0.99;

  private Contrast() {}

  /** Requests of one route, or of several together. */
  public record Requests(long requests, long failed, double p50Ms, double p95Ms, double p99Ms) {
    /** There were none. */
    public static final Requests NONE = new Requests(0, 0, 0, 0, 0);

    /** Failed ones in percent. */
    public double errorRate() {
      return requests == 0 ? 0 : 100.0 * failed / requests;
    }

    /** Both together; latencies by their number of requests. */
    public Requests and(Requests other) {
      var all = requests + other.requests;
      return all == 0
          ? NONE
          : new Requests(
              all,
              failed + other.failed,
              mean(p50Ms, other.p50Ms, other.requests, all),
              mean(p95Ms, other.p95Ms, other.requests, all),
              mean(p99Ms, other.p99Ms, other.requests, all));
    }

    private static double mean(double mine, double other, long others, long all) {
      return mine + (other - mine) * others / all;
    }
  }

  /**
   * How they differ.
   *
   * @param errorRate in percentage points
   * @param p95Pct in percent of the base; null without requests of both
   * @param requestsPct in percent of the base; null without requests of it
   */
  public record Delta(double errorRate, @Nullable Double p95Pct, @Nullable Double requestsPct) {
    /** From base to candidate. */
    public static Delta of(Requests base, Requests candidate) {
      return new Delta(
          candidate.errorRate() - base.errorRate(),
          candidate.requests() == 0 ? null : percent(base.p95Ms(), candidate.p95Ms()),
          percent(base.requests(), candidate.requests()));
    }

    private static @Nullable Double percent(double from, double to) {
      return from <= 0 ? null : 100 * (to - from) / from;
    }
  }

  /** What to do. */
  public enum Action {
    ROLLBACK,
    KEEP,
    /** There is not enough to say. */
    INCONCLUSIVE
  }

  /**
   * Advice.
   *
   * @param confidence 0..1
   */
  public record Advice(Action action, String reason, double confidence) {}

  /** All routes of a version together. */
  public static Requests total(Map<String, Requests> routes) {
    return routes.values().stream().reduce(Requests.NONE, Requests::and);
  }

  /** The routes of either, in order. */
  public static Stream<String> routes(Map<String, Requests> base, Map<String, Requests> candidate) {
    var names = new TreeSet<>(base.keySet());
    names.addAll(candidate.keySet());
    return names.stream();
  }

  /** Whether the candidate should go back to the base. */
  public static Advice advice(Requests base, Requests candidate) {
    if (base.requests() < ENOUGH || candidate.requests() < ENOUGH) {
      return new Advice(
          Action.INCONCLUSIVE,
          text(
              "not enough data: %d requests of the base and %d of the candidate, of %d each",
              base.requests(), candidate.requests(), ENOUGH),
          0);
    }
    var delta = Delta.of(base, candidate);
    var errors = standardErrors(base, candidate);
    if (delta.errorRate() >= WORTH_PERCENT && errors >= SURE) {
      return new Advice(
          Action.ROLLBACK,
          text(
              "%.1f %% of the candidate's requests fail, against %.1f %% of the base's",
              candidate.errorRate(), base.errorRate()),
          confidence(errors));
    }
    var slower = delta.p95Pct();
    if (slower != null
        && slower >= MUCH_SLOWER_PERCENT
        && candidate.p95Ms() - base.p95Ms() >= WORTH_MS) {
      return new Advice(
          Action.ROLLBACK,
          text(
              "the 95th percentile of latency went from %.0f ms to %.0f ms",
              base.p95Ms(), candidate.p95Ms()),
          0.8);
    }
    if (delta.errorRate() >= WORTH_PERCENT) {
      return new Advice(
          Action.INCONCLUSIVE,
          text(
              "%.1f percentage points more requests fail, which may be chance so far",
              delta.errorRate()),
          1 - confidence(errors));
    }
    return new Advice(
        Action.KEEP, "the candidate fails no more requests and is not much slower", 0.9);
  }

  /** The difference of the two rates, in standard errors of that difference. */
  private static double standardErrors(Requests base, Requests candidate) {
    double all = base.requests() + candidate.requests();
    var pooled = (base.failed() + candidate.failed()) / all;
    var error =
        Math.sqrt(pooled * (1 - pooled) * (1.0 / base.requests() + 1.0 / candidate.requests()));
    var difference = (candidate.errorRate() - base.errorRate()) / 100;
    if (error == 0) {
      return difference > 0 ? Double.MAX_VALUE : 0;
    }
    return difference / error;
  }

  private static double confidence(double errors) {
    return Math.clamp(1 - Math.exp(-errors), 0, MOST_CONFIDENT);
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
