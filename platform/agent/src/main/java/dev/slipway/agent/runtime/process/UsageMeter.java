package dev.slipway.agent.runtime.process;

import dev.slipway.agent.os.ProcFs;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** CPU and memory of process sessions, from two looks at /proc. One thread measures, any reads. */
final class UsageMeter {
  private static final long PAGE_BYTES = 4096;

  private volatile Map<Long, Usage> latest = Map.of();
  private long lastNanos;

  /**
   * @param cpuTicks sum over the session
   * @param cpuPercent since the look before; 100 is one core
   */
  record Usage(long cpuTicks, double cpuPercent, long residentBytes) {
    static final Usage NONE = new Usage(0, 0, 0);
  }

  /** Looks at the sessions that these leaders name. */
  void measure(Set<Long> leaders) {
    var now = System.nanoTime();
    var seconds = lastNanos == 0 ? 0 : (now - lastNanos) / 1e9;
    lastNanos = now;
    var ticks = new HashMap<Long, Long>();
    var pages = new HashMap<Long, Long>();
    for (var process : ProcFs.processes()) {
      if (leaders.contains(process.session())) {
        ticks.merge(process.session(), process.cpuTicks(), Long::sum);
        pages.merge(process.session(), process.residentPages(), Long::sum);
      }
    }
    var before = latest;
    var measured = new HashMap<Long, Usage>();
    ticks.forEach(
        (leader, total) -> {
          var known = before.get(leader);
          // Ticks of a child that ended leave the sum; a fall is no negative use.
          var used = known == null ? 0 : Math.max(0, total - known.cpuTicks());
          var percent = seconds == 0 ? 0 : 100.0 * used / ProcFs.TICKS_PER_SECOND / seconds;
          measured.put(leader, new Usage(total, percent, pages.get(leader) * PAGE_BYTES));
        });
    latest = Map.copyOf(measured);
  }

  Usage of(long leader) {
    return latest.getOrDefault(leader, Usage.NONE);
  }
}
