package dev.slipway.admin.service;

import dev.slipway.api.platform.IntegrationCalls;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.osgi.service.component.annotations.Component;

/** Counts calls in memory until they are written. */
@Component(service = {IntegrationCalls.class, CountedCalls.class})
public final class CountedCalls implements IntegrationCalls {
  private static final int MOST = 100;

  private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

  @Override
  public void called(String integration) {
    var count = counts.get(integration);
    if (count == null && counts.size() < MOST) {
      count = counts.computeIfAbsent(integration, name -> new LongAdder());
    }
    if (count != null) {
      count.increment();
    }
  }

  /** What was counted since the last time. */
  Map<String, Long> take() {
    var taken = new HashMap<String, Long>();
    counts.forEach(
        (name, count) -> {
          var calls = count.sumThenReset();
          if (calls > 0) {
            taken.put(name, calls);
          }
        });
    return taken;
  }
}
