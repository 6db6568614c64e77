package dev.slipway.agent.edge;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * So many requests of one client to one domain in a time; as many may come at once. Whoever was
 * silent for longest is forgotten where there are very many. Thread-safe.
 */
final class RateLimit {
  private static final int MOST_CLIENTS = 20_000;

  private final int requests;
  private final double nanosForOne;
  private final Map<Key, Room> rooms =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Room> eldest) {
          return size() > MOST_CLIENTS;
        }
      };

  private record Key(String client, String domain) {}

  private record Room(double requests, long sinceNanos) {}

  RateLimit(int requests, Duration time) {
    this.requests = requests;
    nanosForOne = (double) time.toNanos() / requests;
  }

  /** Whether the client may have its request answered, which then counts. */
  synchronized boolean allows(String client, String domain, long nowNanos) {
    var key = new Key(client, domain);
    var room = rooms.get(key);
    double left =
        room == null
            ? requests
            : Math.min(requests, room.requests() + (nowNanos - room.sinceNanos()) / nanosForOne);
    boolean allowed = left >= 1;
    rooms.put(key, new Room(allowed ? left - 1 : left, nowNanos));
    return allowed;
  }
}
