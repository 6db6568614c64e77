package dev.slipway.agent.runtime.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.StatisticNetworksConfig;
import com.github.dockerjava.api.model.Statistics;
import dev.slipway.agent.runtime.RuntimeRefusal;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * CPU, memory and traffic of running containers. The engine takes a second or two for each answer,
 * so they are asked for side by side and in the background. CPU is the use between two answers.
 */
final class ContainerUsage {
  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final int AT_ONCE = 8;

  private final DockerEngine engine;
  private volatile Map<String, Usage> latest = Map.of();

  /**
   * @param cpuPercent 100 is one core
   * @param memoryBytes without page cache that can be given back
   */
  record Usage(double cpuPercent, long memoryBytes, long received, long sent) {
    static final Usage NONE = new Usage(0, 0, 0, 0);
  }

  ContainerUsage(DockerEngine engine) {
    this.engine = engine;
  }

  Usage of(String containerId) {
    return latest.getOrDefault(containerId, Usage.NONE);
  }

  void measure(List<Container> running) throws InterruptedException {
    var measured = new ConcurrentHashMap<String, Usage>();
    var places = new Semaphore(AT_ONCE);
    var askers = new ArrayList<Thread>();
    for (var container : running) {
      places.acquire();
      askers.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      ask(container.getId(), measured);
                    } finally {
                      places.release();
                    }
                  }));
    }
    for (var asker : askers) {
      asker.join();
    }
    latest = Map.copyOf(measured);
  }

  private void ask(String id, Map<String, Usage> measured) {
    var answer = new AtomicReference<Statistics>();
    try (var callback =
        new ResultCallback.Adapter<Statistics>() {
          @Override
          public void onNext(Statistics statistics) {
            answer.set(statistics);
          }
        }) {
      engine.call(() -> engine.streams().statsCmd(id).withNoStream(true).exec(callback));
      callback.awaitCompletion(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
      var statistics = answer.get();
      if (statistics != null) {
        measured.put(id, usage(statistics));
      }
    } catch (IOException | RuntimeRefusal e) {
      // A container that ended meanwhile has no numbers; an engine that is away is told elsewhere.
      measured.remove(id);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Usage usage(Statistics statistics) {
    var networks = statistics.getNetworks();
    long received = 0;
    long sent = 0;
    for (var network : networks == null ? List.<StatisticNetworksConfig>of() : networks.values()) {
      received += orZero(network.getRxBytes());
      sent += orZero(network.getTxBytes());
    }
    return new Usage(cpu(statistics), memory(statistics), received, sent);
  }

  private static double cpu(Statistics statistics) {
    var now = statistics.getCpuStats();
    var before = statistics.getPreCpuStats();
    if (now == null
        || before == null
        || now.getCpuUsage() == null
        || before.getCpuUsage() == null) {
      return 0;
    }
    double used =
        orZero(now.getCpuUsage().getTotalUsage()) - orZero(before.getCpuUsage().getTotalUsage());
    double all = orZero(now.getSystemCpuUsage()) - orZero(before.getSystemCpuUsage());
    long cores = now.getOnlineCpus() == null ? 1 : now.getOnlineCpus();
    return all <= 0 ? 0 : Math.max(0, 100.0 * cores * used / all);
  }

  private static long memory(Statistics statistics) {
    var memory = statistics.getMemoryStats();
    if (memory == null) {
      return 0;
    }
    var detail = memory.getStats();
    // One name by cgroup v1, another by v2; the group's total includes its children's.
    long inactive =
        detail == null
            ? 0
            : Math.max(orZero(detail.getInactiveFile()), orZero(detail.getTotalInactiveFile()));
    return Math.max(0, orZero(memory.getUsage()) - inactive);
  }

  private static long orZero(@Nullable Long number) {
    return number == null ? 0 : number;
  }
}
