package dev.slipway.agent.edge;

/** Latencies in buckets that grow by 15 % from 0.1 ms to half an hour. Not thread-safe. */
final class LatencyHistogram {
  private static final int BUCKETS = 120;
  private static final double FIRST_MS = 0.1;
  private static final double GROWTH = 1.15;

  private final long[] counts = new long[BUCKETS];
  private long total;

  void add(long nanos) {
    double ms = nanos / 1e6;
    int bucket = ms <= FIRST_MS ? 0 : (int) Math.ceil(Math.log(ms / FIRST_MS) / Math.log(GROWTH));
    counts[Math.min(bucket, BUCKETS - 1)]++;
    total++;
  }

  void add(LatencyHistogram other) {
    for (int i = 0; i < BUCKETS; i++) {
      counts[i] += other.counts[i];
    }
    total += other.total;
  }

  /** The upper bound of the bucket that holds the quantile, in milliseconds; 0 without samples. */
  double percentile(double quantile) {
    long rank = (long) Math.ceil(quantile * total);
    long seen = 0;
    for (int i = 0; i < BUCKETS && total > 0; i++) {
      seen += counts[i];
      if (seen >= rank) {
        return FIRST_MS * Math.pow(GROWTH, i);
      }
    }
    return 0;
  }
}
