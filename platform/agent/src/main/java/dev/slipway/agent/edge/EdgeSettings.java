package dev.slipway.agent.edge;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.agent.os.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * What of the edge can be set while it serves, kept in a file; the last files before it stay beside
 * it. A change counts at once, and for requests that come after it. Thread-safe.
 */
public final class EdgeSettings {
  /** How much the edge tells: {@code error} to {@code trace}; {@code info} where it is not set. */
  public static final String LOG_LEVEL = "log_level";

  /** {@code 10/s}, {@code 600/10m}, {@code 5000/h} of one client to one domain, or none. */
  public static final String RATE_LIMIT = "rate_limit_default";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int BACKUPS = 5;
  private static final Pattern LEVEL = Pattern.compile("error|warn|info|debug|trace");
  private static final Pattern RATE = Pattern.compile("([1-9]\\d{0,6})/([1-9]\\d{0,3})?([smh])");

  private final Path file;
  private final AtomicLong rejects = new AtomicLong();
  private Map<String, String> values;
  private volatile @Nullable RateLimit limit;

  public EdgeSettings(Path file) throws IOException {
    this.file = file;
    values =
        Files.exists(file)
            ? JSON.readValue(Files.readAllBytes(file), new TypeReference<>() {})
            : Map.of();
    apply();
  }

  /** Why a value cannot be set; null where it can. */
  public static @Nullable String problemOf(String setting, String value) {
    return switch (setting) {
      case LOG_LEVEL ->
          LEVEL.matcher(value).matches() ? null : "is none of error, warn, info, debug and trace";
      case RATE_LIMIT ->
          RATE.matcher(value).matches() ? null : "is not a rate such as 10/s, 600/10m or 5000/h";
      default -> "is no setting of this edge";
    };
  }

  /**
   * Sets, or with null unsets; returns what was set before, empty where nothing was. A fault of the
   * disk leaves everything as it was.
   *
   * @param value one without a {@link #problemOf}
   */
  public synchronized String set(String setting, @Nullable String value) throws IOException {
    var changed = new TreeMap<>(values);
    var before = value == null ? changed.remove(setting) : changed.put(setting, value);
    if (!changed.equals(values)) {
      keepBackup();
      AtomicFile.write(file, JSON.writeValueAsBytes(changed));
      values = changed;
      apply();
    }
    return before == null ? "" : before;
  }

  private void keepBackup() throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    var backups = backups();
    int next = backups.isEmpty() ? 1 : number(backups.getLast()) + 1;
    AtomicFile.write(
        file.resolveSibling(file.getFileName() + "." + next), Files.readAllBytes(file));
    for (var old : backups.subList(0, Math.max(0, backups.size() + 1 - BACKUPS))) {
      Files.delete(old);
    }
  }

  /** The oldest first. */
  private List<Path> backups() throws IOException {
    var pattern = Pattern.compile(Pattern.quote(file.getFileName().toString()) + "\\.\\d{1,9}");
    try (var beside = Files.list(file.toAbsolutePath().getParent())) {
      return beside
          .filter(path -> pattern.matcher(path.getFileName().toString()).matches())
          .sorted(Comparator.comparingInt(EdgeSettings::number))
          .toList();
    }
  }

  private static int number(Path backup) {
    var name = backup.getFileName().toString();
    return Integer.parseInt(name.substring(name.lastIndexOf('.') + 1));
  }

  private void apply() {
    var logger = (Logger) LoggerFactory.getLogger(Edge.class.getPackageName());
    var level = values.get(LOG_LEVEL);
    // Without one of its own it is that of all the agent.
    logger.setLevel(level == null ? null : Level.valueOf(level.toUpperCase(Locale.ROOT)));
    var rate = values.get(RATE_LIMIT);
    limit = rate == null ? null : limit(rate);
  }

  private static @Nullable RateLimit limit(String rate) {
    var parts = RATE.matcher(rate);
    if (!parts.matches()) {
      return null;
    }
    int times = parts.group(2) == null ? 1 : Integer.parseInt(parts.group(2));
    var time =
        switch (parts.group(3)) {
          case "s" -> Duration.ofSeconds(times);
          case "m" -> Duration.ofMinutes(times);
          default -> Duration.ofHours(times);
        };
    return new RateLimit(Integer.parseInt(parts.group(1)), time);
  }

  /** Whether a request is answered; one that is not is counted. */
  boolean allows(String client, String domain) {
    var current = limit;
    boolean allowed = current == null || current.allows(client, domain, System.nanoTime());
    if (!allowed) {
      rejects.incrementAndGet();
    }
    return allowed;
  }

  /** Requests that came too fast, since the start. */
  long rejects() {
    return rejects.get();
  }
}
