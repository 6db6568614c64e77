package dev.slipway.agent.host;

import dev.slipway.agent.config.AgentConfig;
import dev.slipway.agent.os.ProcFs;
import dev.slipway.proto.agent.v1.SystemMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Reads the server's state from /proc. CPU numbers are over the time since the reading before; the
 * first reading has none. Used by one thread.
 */
public final class HostMetrics {
  private static final int SECTOR_BYTES = 512;
  private static final long MEBIBYTE = 1 << 20;

  private final AgentConfig.Identity identity;
  private final Machine machine = Machine.read();
  private final TopProcesses top = new TopProcesses();
  private long[] cpuBefore = new long[0];

  public HostMetrics(AgentConfig.Identity identity) {
    this.identity = identity;
  }

  /**
   * @param dockerVersion empty without an engine
   */
  public SystemMetrics read(String dockerVersion) {
    var metrics = SystemMetrics.newBuilder();
    cpu(metrics);
    memory(metrics);
    disk(metrics);
    network(metrics);
    load(metrics);
    sockets(metrics);
    var processes = ProcFs.processes();
    return metrics
        .setOsInfo(machine.os())
        .setCpuModel(machine.cpuModel())
        .setKernelVersion(machine.kernel())
        .setArch(machine.arch())
        .setMachineId(machine.id())
        .setCpuCores(Runtime.getRuntime().availableProcessors())
        .setDockerVersion(dockerVersion)
        .setPublicIpv4(identity.publicIpv4())
        .setPublicIpv6(identity.publicIpv6())
        .setOpenFileDescriptors(openFiles())
        .setProcessCount(processes.size())
        .addAllTopProcesses(top.of(processes))
        .build();
  }

  private void cpu(SystemMetrics.Builder metrics) {
    var first = ProcFs.text("stat").lines().findFirst().orElse("");
    var now =
        Arrays.stream(first.split("\\s+")).skip(1).limit(8).mapToLong(Long::parseLong).toArray();
    if (now.length == 8 && cpuBefore.length == 8) {
      // user, nice, system, idle, iowait, irq, softirq, steal
      var spent = new double[8];
      double all = 0;
      for (int i = 0; i < 8; i++) {
        spent[i] = Math.max(0, now[i] - cpuBefore[i]);
        all += spent[i];
      }
      if (all > 0) {
        metrics
            .setCpuPercent(100 * (all - spent[3] - spent[4]) / all)
            .setCpuUserPercent(100 * (spent[0] + spent[1]) / all)
            .setCpuSystemPercent(100 * (spent[2] + spent[5] + spent[6]) / all)
            .setCpuIowaitPercent(100 * spent[4] / all)
            .setCpuStealPercent(100 * spent[7] / all);
      }
    }
    cpuBefore = now;
  }

  private static void memory(SystemMetrics.Builder metrics) {
    Map<String, Long> kib = new HashMap<>();
    ProcFs.text("meminfo")
        .lines()
        .map(line -> line.split("[:\\s]+"))
        .filter(parts -> parts.length >= 2)
        .forEach(parts -> kib.put(parts[0], Long.parseLong(parts[1])));
    long total = kib.getOrDefault("MemTotal", 0L);
    long available = kib.getOrDefault("MemAvailable", 0L);
    long swap = kib.getOrDefault("SwapTotal", 0L);
    metrics
        .setMemoryTotalMb(total / 1024)
        .setMemoryUsedMb((total - available) / 1024)
        .setMemoryAvailableMb(available / 1024)
        .setMemoryBuffersMb(kib.getOrDefault("Buffers", 0L) / 1024)
        .setMemoryCachedMb(kib.getOrDefault("Cached", 0L) / 1024)
        .setSwapTotalMb(swap / 1024)
        .setSwapUsedMb((swap - kib.getOrDefault("SwapFree", 0L)) / 1024);
  }

  private static void disk(SystemMetrics.Builder metrics) {
    try {
      var store = Files.getFileStore(Path.of("/"));
      metrics
          .setDiskTotalMb(store.getTotalSpace() / MEBIBYTE)
          .setDiskUsedMb((store.getTotalSpace() - store.getUnallocatedSpace()) / MEBIBYTE);
    } catch (IOException e) {
      // 0 says that it is not known.
      metrics.clearDiskTotalMb();
    }
    long[] sums = new long[4];
    for (var line : ProcFs.text("diskstats").lines().toList()) {
      var parts = line.strip().split("\\s+");
      // Whole disks only: a partition's numbers are within its disk's.
      if (parts.length > 9 && Files.exists(Path.of("/sys/block", parts[2]))) {
        sums[0] += Long.parseLong(parts[3]);
        sums[1] += Long.parseLong(parts[5]) * SECTOR_BYTES;
        sums[2] += Long.parseLong(parts[7]);
        sums[3] += Long.parseLong(parts[9]) * SECTOR_BYTES;
      }
    }
    metrics
        .setDiskReadOps(sums[0])
        .setDiskReadBytes(sums[1])
        .setDiskWriteOps(sums[2])
        .setDiskWriteBytes(sums[3]);
  }

  private static void network(SystemMetrics.Builder metrics) {
    long received = 0;
    long sent = 0;
    for (var line : ProcFs.text("net/dev").lines().skip(2).toList()) {
      var numbers = line.substring(line.indexOf(':') + 1).strip().split("\\s+");
      if (numbers.length > 8) {
        received += Long.parseLong(numbers[0]);
        sent += Long.parseLong(numbers[8]);
      }
    }
    metrics.setNetworkRxBytes(received).setNetworkTxBytes(sent);
  }

  private static void load(SystemMetrics.Builder metrics) {
    var load = ProcFs.text("loadavg").split(" ");
    if (load.length >= 3) {
      metrics
          .setLoadAvg1(Double.parseDouble(load[0]))
          .setLoadAvg5(Double.parseDouble(load[1]))
          .setLoadAvg15(Double.parseDouble(load[2]));
    }
    var uptime = ProcFs.text("uptime").split(" ")[0];
    if (!uptime.isBlank()) {
      metrics.setUptimeSeconds((long) Double.parseDouble(uptime));
    }
  }

  private static void sockets(SystemMetrics.Builder metrics) {
    var states = new HashMap<String, Integer>();
    for (var file : List.of("net/tcp", "net/tcp6")) {
      for (var line : ProcFs.text(file).lines().skip(1).toList()) {
        var parts = line.strip().split("\\s+");
        if (parts.length > 3) {
          states.merge(parts[3], 1, Integer::sum);
        }
      }
    }
    metrics
        .setTcpEstablished(states.getOrDefault("01", 0))
        .setTcpTimeWait(states.getOrDefault("06", 0))
        .setTcpCloseWait(states.getOrDefault("08", 0));
  }

  private static long openFiles() {
    try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
      return files.count();
    } catch (IOException e) {
      return 0;
    }
  }

  /** Resident memory of the agent itself. */
  public static long agentResidentBytes() {
    return ProcFs.stat(ProcessHandle.current().pid()).map(s -> s.residentPages() * 4096).orElse(0L);
  }
}
