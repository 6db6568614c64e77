package dev.slipway.agent.runtime.process;

import java.nio.file.Path;
import java.util.List;

/**
 * The kernel's bounds around one instance.
 *
 * @param joinFiles files a process writes its pid to before it becomes the app; empty without
 *     cgroups
 * @param oomCounters files where the kernel counts kills, and the word before the number
 */
record LimitGroup(List<Path> joinFiles, List<OomCounter> oomCounters) {
  static final LimitGroup NONE = new LimitGroup(List.of(), List.of());

  record OomCounter(Path file, String key) {}
}
