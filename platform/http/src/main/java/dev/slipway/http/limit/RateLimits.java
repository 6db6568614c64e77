package dev.slipway.http.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.slipway.api.CommonError;
import dev.slipway.api.rest.RateLimit;
import dev.slipway.http.route.Route;
import io.github.bucket4j.Bucket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Token buckets per operation and remote address, in this node's memory; the longest unused ones
 * give way. Whoever has one IPv6 address has 2^64 of them, so there the network counts.
 */
public final class RateLimits {
  private static final int MOST_BUCKETS = 100_000;

  private final Cache<Key, Bucket> buckets =
      Caffeine.newBuilder()
          .maximumSize(MOST_BUCKETS)
          .expireAfterAccess(Duration.ofHours(2))
          .build();

  /** Counts a call; null where the operation is not limited. */
  public @Nullable Usage count(Route route, String remoteAddress) {
    var limit = route.method().getAnnotation(RateLimit.class);
    if (limit == null) {
      return null;
    }
    var bucket =
        buckets.get(new Key(route.operation(), network(remoteAddress)), key -> bucket(limit));
    var probe = bucket.tryConsumeAndReturnRemaining(1);
    return new Usage(
        limit.calls(),
        probe.getRemainingTokens(),
        Duration.ofNanos(probe.getNanosToWaitForReset()),
        probe.isConsumed() ? null : Duration.ofNanos(probe.getNanosToWaitForRefill()));
  }

  /** What shares a bucket: an IPv4 address, or the /64 of an IPv6 one. */
  static String network(String address) {
    try {
      var bytes = InetAddress.ofLiteral(address.replaceAll("[\\[\\]]", "")).getAddress();
      return bytes.length == 16 ? HexFormat.ofDelimiter(":").formatHex(bytes, 0, 8) : address;
    } catch (IllegalArgumentException noAddress) {
      return address;
    }
  }

  /** Forgets every count. */
  public void reset() {
    buckets.invalidateAll();
  }

  private static Bucket bucket(RateLimit limit) {
    return Bucket.builder()
        .addLimit(
            band ->
                band.capacity(limit.calls())
                    .refillGreedy(limit.calls(), Duration.ofSeconds(limit.seconds())))
        .build();
  }

  /**
   * How much of a limit is used.
   *
   * @param calls allowed per window
   * @param remaining how many are left
   * @param reset when all of them are back
   * @param pause until the next call is allowed; null where this one was
   */
  public record Usage(long calls, long remaining, Duration reset, @Nullable Duration pause) {
    /** Refuses with 429 where this call was one too many. */
    public void require() {
      if (pause != null) {
        throw CommonError.RATE_LIMITED.of().retryAfter(pause);
      }
    }
  }

  private record Key(String operation, String address) {}
}
