package dev.slipway.fleet.service.health;

import dev.slipway.fleet.service.SeenContainer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which containers of servers this node wrote last, as digests: where a heartbeat brings the same
 * ones and nobody else has written since, they need not be read again.
 */
final class KnownContainers {
  private static final int MOST = 50_000;

  private final Map<UUID, Known> known =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<UUID, Known> eldest) {
              return size() > MOST;
            }
          });

  private record Known(Instant at, byte[] digest) {}

  /** The last heartbeat, where it brought the same containers; null otherwise. */
  @Nullable Instant sameAt(UUID serverId, List<SeenContainer> containers) {
    var last = known.get(serverId);
    return last != null && MessageDigest.isEqual(last.digest(), digest(containers))
        ? last.at()
        : null;
  }

  /** To be told what a heartbeat wrote, once that is committed. */
  void written(UUID serverId, Instant at, List<SeenContainer> containers) {
    known.put(serverId, new Known(at, digest(containers)));
  }

  private static byte[] digest(List<SeenContainer> containers) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      for (var container : containers) {
        digest.update(container.text().getBytes(StandardCharsets.UTF_8));
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java has SHA-256", missing);
    }
  }
}
