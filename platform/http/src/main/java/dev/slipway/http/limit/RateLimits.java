package dev.slipway.http.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.slipway.api.CommonError;
import dev.slipway.api.rest.RateLimit;
import dev.slipway.http.route.Route;
import io.github.bucket4j.Bucket;
import java.time.Duration;

/**
 * Token buckets per operation and remote address, in this node's memory; the longest unused ones
 * give way.
 */
public final class RateLimits {
  private static final int MOST_BUCKETS = 100_000;

  private final Cache<Key, Bucket> buckets =
      Caffeine.newBuilder()
          .maximumSize(MOST_BUCKETS)
          .expireAfterAccess(Duration.ofHours(2))
          .build();

  /** Refuses with 429 where the operation is limited and this address has used it up. */
  public void check(Route route, String remoteAddress) {
    var limit = route.method().getAnnotation(RateLimit.class);
    if (limit == null) {
      return;
    }
    var bucket = buckets.get(new Key(route.operation(), remoteAddress), key -> bucket(limit));
    var probe = bucket.tryConsumeAndReturnRemaining(1);
    if (!probe.isConsumed()) {
      throw CommonError.RATE_LIMITED
          .of()
          .retryAfter(Duration.ofNanos(probe.getNanosToWaitForRefill()));
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

  private record Key(String operation, String address) {}
}
