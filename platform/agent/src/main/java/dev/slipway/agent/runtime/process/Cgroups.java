package dev.slipway.agent.runtime.process;

import dev.slipway.agent.os.ProcFs;
import dev.slipway.agent.runtime.DeployOrder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Memory and CPU bounds by cgroup v2 or v1, below the agent's own group, as far as the host lets
 * the agent write there. What cannot be had is said once at the start.
 */
final class Cgroups {
  private static final Logger LOG = LoggerFactory.getLogger(Cgroups.class);
  private static final Path ROOT = Path.of("/sys/fs/cgroup");
  private static final long PERIOD_MICROS = 100_000;
  private static final long MEBIBYTE = 1 << 20;

  private final Optional<Path> unified;
  private final Optional<Path> memory;
  private final Optional<Path> cpu;

  private Cgroups(Optional<Path> unified, Optional<Path> memory, Optional<Path> cpu) {
    this.unified = unified;
    this.memory = memory;
    this.cpu = cpu;
  }

  /**
   * @param owner name of the folder for this agent's groups; another agent on the host has another
   */
  static Cgroups ofHost(String owner) {
    var unified = unified(owner);
    var groups =
        unified.isPresent()
            ? new Cgroups(unified, Optional.empty(), Optional.empty())
            : new Cgroups(Optional.empty(), legacy("memory", owner), legacy("cpu", owner));
    groups.tell();
    return groups;
  }

  private void tell() {
    if (unified.isPresent()) {
      LOG.info("Memory and CPU limits by cgroup v2");
      return;
    }
    LOG.info(
        "Memory limits: {}; CPU limits: {}",
        memory.isPresent() ? "cgroup v1" : "by watching (no cgroup is writable)",
        cpu.isPresent() ? "cgroup v1" : "none (no cgroup is writable)");
  }

  /** False leaves the watch over memory to the runtime. */
  boolean boundsMemory() {
    return unified.isPresent() || memory.isPresent();
  }

  /** Makes or adjusts the groups of one instance. */
  LimitGroup open(String name, DeployOrder.Limits limits) throws IOException {
    var joins = new ArrayList<Path>();
    var counters = new ArrayList<LimitGroup.OomCounter>();
    if (unified.isPresent()) {
      var group = Files.createDirectories(unified.get().resolve(name));
      write(group.resolve("memory.max"), bytes(limits));
      write(group.resolve("cpu.max"), quota(limits) + " " + PERIOD_MICROS);
      joins.add(group.resolve("cgroup.procs"));
      counters.add(new LimitGroup.OomCounter(group.resolve("memory.events"), "oom_kill"));
    }
    if (memory.isPresent()) {
      var group = Files.createDirectories(memory.get().resolve(name));
      write(group.resolve("memory.limit_in_bytes"), bytes(limits));
      joins.add(group.resolve("cgroup.procs"));
      counters.add(new LimitGroup.OomCounter(group.resolve("memory.oom_control"), "oom_kill"));
    }
    if (cpu.isPresent()) {
      var group = Files.createDirectories(cpu.get().resolve(name));
      write(group.resolve("cpu.cfs_period_us"), Long.toString(PERIOD_MICROS));
      write(group.resolve("cpu.cfs_quota_us"), quota(limits));
      joins.add(group.resolve("cgroup.procs"));
    }
    return new LimitGroup(List.copyOf(joins), List.copyOf(counters));
  }

  /** How often the kernel killed in this group; a rise tells that memory ran out. */
  static long oomKills(LimitGroup group) {
    long kills = 0;
    for (var counter : group.oomCounters()) {
      try {
        kills +=
            Files.readAllLines(counter.file()).stream()
                .filter(line -> line.startsWith(counter.key() + " "))
                .mapToLong(
                    line -> Long.parseLong(line.substring(counter.key().length() + 1).strip()))
                .sum();
      } catch (IOException e) {
        // The group is gone or the kernel does not count: nothing is known, which 0 says.
        continue;
      }
    }
    return kills;
  }

  /** Removes the groups of an instance; they must be empty. */
  void close(String name) {
    for (var parent : List.of(unified, memory, cpu)) {
      parent.ifPresent(folder -> folder.resolve(name).toFile().delete());
    }
  }

  private static String bytes(DeployOrder.Limits limits) {
    return Long.toString(limits.memoryMebibytes() * MEBIBYTE);
  }

  private static String quota(DeployOrder.Limits limits) {
    return Long.toString(Math.max(1000, Math.round(limits.cpuCores() * PERIOD_MICROS)));
  }

  /** The v2 folder for instances, when the agent may divide its own group. */
  private static Optional<Path> unified(String owner) {
    if (!Files.exists(ROOT.resolve("cgroup.controllers"))) {
      return Optional.empty();
    }
    try {
      var own = ownGroup("0::").map(ROOT::resolve).orElse(ROOT);
      var offered = Files.readString(own.resolve("cgroup.controllers"));
      if (!offered.contains("memory") || !offered.contains("cpu") || !Files.isWritable(own)) {
        return Optional.empty();
      }
      // A group with controllers below it may not hold processes itself, so the agent moves down.
      var agent = Files.createDirectories(own.resolve("slipway-agent"));
      write(agent.resolve("cgroup.procs"), Long.toString(ProcessHandle.current().pid()));
      write(own.resolve("cgroup.subtree_control"), "+memory +cpu");
      var folder = Files.createDirectories(own.resolve(owner));
      write(folder.resolve("cgroup.subtree_control"), "+memory +cpu");
      return Optional.of(folder);
    } catch (IOException e) {
      LOG.debug("cgroup v2 cannot be divided here", e);
      return Optional.empty();
    }
  }

  private static Optional<Path> legacy(String controller, String owner) {
    try {
      var mount = ROOT.resolve(controller);
      var own = ownGroup(controller);
      if (own.isEmpty()) {
        return Optional.empty();
      }
      var folder = mount.resolve(own.get()).resolve(owner);
      return Optional.of(Files.createDirectories(folder));
    } catch (IOException e) {
      LOG.debug("cgroup v1 {} cannot be divided here", controller, e);
      return Optional.empty();
    }
  }

  /** The agent's group, relative to the mount, from lines such as {@code 4:memory:/user/x}. */
  private static Optional<String> ownGroup(String controller) {
    return ProcFs.text("self/cgroup")
        .lines()
        .filter(
            line ->
                line.startsWith(controller)
                    || List.of(line.split(":", 3)[1].split(",")).contains(controller))
        .map(line -> line.split(":", 3)[2])
        .map(path -> path.startsWith("/") ? path.substring(1) : path)
        .findFirst();
  }

  private static void write(Path file, String text) throws IOException {
    Files.write(file, text.getBytes(StandardCharsets.US_ASCII));
  }
}
