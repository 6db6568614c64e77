package dev.slipway.agent.host;

import dev.slipway.agent.os.ProcFs;
import dev.slipway.proto.agent.v1.TopProcess;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The processes that use most CPU, then most memory, since the look before. Used by one thread. */
final class TopProcesses {
  private static final int MOST = 30;
  private static final int MAX_NAME = 64;
  private static final long PAGES_PER_MEBIBYTE = 256;

  private Map<Key, Long> ticksBefore = Map.of();
  private long lastNanos;

  /** A pid alone may have been given to another process meanwhile. */
  private record Key(long pid, long startTicks) {}

  private record Ranked(ProcFs.Stat stat, double cpu) {}

  List<TopProcess> of(List<ProcFs.Stat> processes) {
    var now = System.nanoTime();
    double seconds = (now - lastNanos) / 1e9;
    var ticks = new HashMap<Key, Long>();
    var ranked =
        processes.stream()
            .map(
                stat -> {
                  var key = new Key(stat.pid(), stat.startTicks());
                  ticks.put(key, stat.cpuTicks());
                  var before = ticksBefore.get(key);
                  double used = before == null ? 0 : stat.cpuTicks() - before;
                  return new Ranked(stat, 100 * used / ProcFs.TICKS_PER_SECOND / seconds);
                })
            .sorted(
                Comparator.comparingDouble(Ranked::cpu)
                    .thenComparingLong(r -> r.stat().residentPages())
                    .reversed())
            .limit(MOST)
            .map(TopProcesses::message)
            .toList();
    ticksBefore = ticks;
    lastNanos = now;
    return ranked;
  }

  private static TopProcess message(Ranked ranked) {
    var stat = ranked.stat();
    var name = stat.name();
    return TopProcess.newBuilder()
        .setPid((int) stat.pid())
        .setName(name.length() > MAX_NAME ? name.substring(0, MAX_NAME) : name)
        .setCpuPercent(ranked.cpu())
        .setMemoryMb(stat.residentPages() / PAGES_PER_MEBIBYTE)
        .setUser(ProcessHandle.of(stat.pid()).flatMap(p -> p.info().user()).orElse(""))
        .build();
  }
}
