package dev.slipway.agent.host;

import dev.slipway.agent.os.ProcFs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What the kernel and the agent's own folders tell of the host. */
public final class HostDiagnostics {
  private static final List<Path> PLACES =
      List.of(
          Path.of("/etc/dwaar"),
          Path.of("/run/dwaar"),
          Path.of("/var/log/dwaar"),
          Path.of("/var/lib/permanu"),
          Path.of("/var/log/permanu"));
  private static final Pattern SECRET =
      Pattern.compile("(?i)((?:token|secret|password|key)[\\w-]*[=: ]+)\\S+");
  private static final int MOST_TEXT = 16 * 1024;
  private static final long LARGEST = 16 << 20;
  private static final long PAGE_KIB = 4;

  private final Path data;
  private final String version;

  /**
   * @param data the agent's folder
   */
  public HostDiagnostics(Path data, String version) {
    this.data = data;
    this.version = version;
  }

  public Map<String, Object> snapshot() throws IOException {
    return texts(
        Map.of(
            "os_release", "/etc/os-release",
            "uptime", "/proc/uptime",
            "loadavg", "/proc/loadavg",
            "hostname", "/proc/sys/kernel/hostname",
            "meminfo", "/proc/meminfo"));
  }

  public Map<String, Object> sample() throws IOException {
    var sample =
        texts(Map.of("stat", "/proc/stat", "loadavg", "/proc/loadavg", "meminfo", "/proc/meminfo"));
    var disk = Files.getFileStore(Path.of("/"));
    sample.put(
        "disk", Map.of("total_bytes", disk.getTotalSpace(), "free_bytes", disk.getUsableSpace()));
    return sample;
  }

  public Map<String, Object> alerts() throws IOException {
    var answer = texts(Map.of("loadavg", "/proc/loadavg", "meminfo", "/proc/meminfo"));
    answer.put("alerts", List.of());
    return answer;
  }

  private static Map<String, Object> texts(Map<String, String> files) throws IOException {
    var found = new LinkedHashMap<String, Object>();
    for (var file : files.entrySet()) {
      var path = Path.of(file.getValue());
      found.put(file.getKey(), Files.isReadable(path) ? text(path) : "");
    }
    return found;
  }

  private static String text(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return redacted(new String(in.readNBytes(MOST_TEXT), StandardCharsets.UTF_8));
    }
  }

  static String redacted(String text) {
    return SECRET.matcher(text).replaceAll("$1[REDACTED]").strip();
  }

  /** The largest by memory. */
  public List<Map<String, Object>> processes(int limit) {
    return ProcFs.processes().stream()
        .sorted(Comparator.comparingLong(ProcFs.Stat::residentPages).reversed())
        .limit(limit)
        .<Map<String, Object>>map(
            process -> {
              var row = new LinkedHashMap<String, Object>();
              row.put("pid", process.pid());
              row.put(
                  "user", ProcessHandle.of(process.pid()).flatMap(p -> p.info().user()).orElse(""));
              row.put("command", process.name());
              row.put("rss_kib", process.residentPages() * PAGE_KIB);
              return row;
            })
        .toList();
  }

  public Map<String, Object> process(long pid) throws IOException {
    var folder = Path.of("/proc", Long.toString(pid));
    if (pid <= 0 || !Files.isDirectory(folder)) {
      throw new IllegalArgumentException("pid is no process of this host");
    }
    var answer = new LinkedHashMap<String, Object>();
    answer.put("pid", pid);
    answer.put("status", text(folder.resolve("status")));
    answer.put("cmdline", text(folder.resolve("cmdline")).replace('\0', ' '));
    answer.put("limits", text(folder.resolve("limits")));
    return answer;
  }

  public Map<String, Object> file(String text) throws IOException {
    var path = permitted(text);
    boolean there = Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    var answer = new LinkedHashMap<String, Object>();
    answer.put("path", text);
    answer.put("is_file", there && Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS));
    answer.put("is_dir", there && Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS));
    answer.put("len", there ? Files.size(path) : 0);
    answer.put("readonly", there && !Files.isWritable(path));
    return answer;
  }

  public Map<String, Object> digest(String text) throws IOException {
    var path = permitted(text);
    if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) || Files.size(path) > LARGEST) {
      throw new IllegalArgumentException("path is no file of at most 16 MiB");
    }
    try {
      var bytes = Files.readAllBytes(path);
      var sha256 = MessageDigest.getInstance("SHA-256").digest(bytes);
      return Map.of(
          "path", text, "sha256", HexFormat.of().formatHex(sha256), "bytes", bytes.length);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JDK has no SHA-256", e);
    }
  }

  private Path permitted(String text) {
    var path = Path.of(text).normalize();
    if (!path.isAbsolute()
        || path.startsWith(data)
        || PLACES.stream().noneMatch(path::startsWith)) {
      throw new IllegalArgumentException("path is not in a folder that may be looked at");
    }
    return path;
  }

  public Map<String, Object> self() {
    var runtime = Runtime.getRuntime();
    return Map.of(
        "agent_version", version,
        "data", data.toString(),
        "heap_used_bytes", runtime.totalMemory() - runtime.freeMemory(),
        "heap_max_bytes", runtime.maxMemory(),
        "rss_bytes", HostMetrics.agentResidentBytes());
  }
}
