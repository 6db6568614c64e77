package dev.slipway.launcher.postgres;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How to run a server.
 *
 * @param dir holds the cluster ({@code cluster}), its port and the superuser's password
 * @param cache holds the unpacked binaries, one folder per version; may be shared by processes
 * @param settings PostgreSQL settings by name, given on the server's command line
 * @param durable false lets initdb skip its flush to disk
 * @param stopAtExit stops the server in a JVM shutdown hook; for owners without an orderly end
 * @param startTimeout the longest time that initdb, and each start, may take
 * @param stopTimeout the longest time for a fast stop before the server is ended at once
 */
public record Options(
    Path dir,
    Path cache,
    Map<String, String> settings,
    boolean durable,
    boolean stopAtExit,
    Duration startTimeout,
    Duration stopTimeout) {

  public Options {
    dir = dir.toAbsolutePath().normalize();
    cache = cache.toAbsolutePath().normalize();
    settings = Map.copyOf(settings);
  }

  /** Settings of a product: durable, small memory. */
  public static Options durable(Path dir, Path cache) {
    return new Options(
        dir, cache, smallServer(), true, false, Duration.ofSeconds(120), Duration.ofSeconds(10));
  }

  /**
   * Fast and not durable: for databases that are thrown away. The binaries are shared by all
   * processes of the user; the server ends with the JVM when a test forgets to close it.
   */
  public static Options forTests(Path dir) {
    return durable(dir, sharedCache()).fleeting(true);
  }

  /**
   * The same for a database that is thrown away: fast, and not durable.
   *
   * @param atExit as {@link #stopAtExit}
   */
  public Options fleeting(boolean atExit) {
    var fast = new LinkedHashMap<>(settings);
    fast.put("fsync", "off");
    fast.put("synchronous_commit", "off");
    fast.put("full_page_writes", "off");
    return new Options(dir, cache, fast, false, atExit, startTimeout, stopTimeout);
  }

  /** Of all processes of one user; its safety is checked when it is used. */
  static Path sharedCache() {
    return Path.of(
        System.getProperty("java.io.tmpdir"),
        "slipway-postgres-" + System.getProperty("user.name"));
  }

  private static Map<String, String> smallServer() {
    var settings = new LinkedHashMap<String, String>();
    settings.put("shared_buffers", "64MB");
    settings.put("max_connections", "100");
    // As on any disk without a head to move; else a few rows of many are found by reading all.
    settings.put("random_page_cost", "1.1");
    // Compiling a plan costs more than the short statements of a control plane ever win back.
    settings.put("jit", "off");
    settings.put("fsync", "on");
    settings.put("max_wal_size", "256MB");
    settings.put("log_min_duration_statement", "-1");
    settings.put("timezone", "UTC");
    settings.put("log_timezone", "UTC");
    return settings;
  }
}
