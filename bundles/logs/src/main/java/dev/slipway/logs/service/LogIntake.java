package dev.slipway.logs.service;

import dev.slipway.api.ErrorKind;
import dev.slipway.api.PlatformException;
import dev.slipway.fleet.AgentOutput;
import dev.slipway.fleet.Command;
import dev.slipway.fleet.LogEntry;
import dev.slipway.logs.Level;
import dev.slipway.logs.Phase;
import dev.slipway.logs.store.LineStore;
import dev.slipway.logs.store.NewLine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores what agents print, lines of all servers together: at the latest when nothing more waits.
 * Fleet calls it from one thread at a time, so its memory of unfinished lines and of batches seen
 * needs no lock. While the database is away it waits, and those that print behind it.
 */
@Component
public final class LogIntake implements AgentOutput {
  private static final Logger LOG = LoggerFactory.getLogger(LogIntake.class);
  private static final int LONGEST_LINE = 16 * 1024;
  private static final int MOST_OPEN = 1_000;
  private static final int REMEMBERED_BATCHES = 1_000;
  private static final Map<String, Level> LEVELS =
      Arrays.stream(Level.values())
          .collect(
              Collectors.toMap(level -> level.name().toLowerCase(Locale.ROOT), level -> level));

  private static final String STDOUT = "stdout";
  private static final int BATCH = 2_000;

  /** Of lines written together; the database holds a lock for each, and has few thousand in all. */
  private static final int MOST_APPS = 1_000;

  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final LineStore lines;
  private final List<NewLine> gathered = new ArrayList<>();
  private final Map<UUID, String> unfinished = bounded(MOST_OPEN);
  private final Map<Batch, Boolean> seen = bounded(REMEMBERED_BATCHES);

  @Activate
  public LogIntake(@Reference LineStore lines) {
    this.lines = lines;
  }

  @Override
  public void onCommandOutput(Command command, String chunk) {
    if (command.appId() == null) {
      return;
    }
    var text = unfinished.getOrDefault(command.id(), "") + chunk;
    var start = 0;
    for (var end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      gathered.add(line(command, text.substring(start, end)));
      start = end + 1;
    }
    var rest = text.substring(start);
    if (rest.length() > LONGEST_LINE || !chunk.contains("\n") && !chunk.isEmpty()) {
      // Agents send whole lines, some without their line break.
      gathered.add(line(command, rest));
      rest = "";
    }
    if (rest.isEmpty()) {
      unfinished.remove(command.id());
    } else {
      unfinished.put(command.id(), rest);
    }
    writeIfMany();
  }

  @Override
  public void onLogs(UUID serverId, UUID tenantId, List<LogEntry> entries) {
    // An agent that did not hear our answer sends the same batch again.
    if (entries.isEmpty() || seen.put(Batch.of(serverId, entries), true) != null) {
      return;
    }
    for (var entry : entries) {
      gathered.add(line(serverId, tenantId, entry));
    }
    writeIfMany();
  }

  @Override
  public void onIdle() {
    if (!gathered.isEmpty()) {
      write();
    }
  }

  private void writeIfMany() {
    if (gathered.size() >= BATCH) {
      write();
    }
  }

  /** What the database never takes must not hold back what comes after it. */
  private void write() {
    var until = System.nanoTime() + LONGEST_WAIT.toNanos();
    var done = 0;
    try {
      while (done < gathered.size()) {
        var some = gathered.subList(done, endOfPortion(done));
        if (written(some)) {
          done += some.size();
        } else if (System.nanoTime() > until || Thread.currentThread().isInterrupted()) {
          LOG.warn("{} lines were lost because the database is away", gathered.size() - done);
          return;
        } else {
          LockSupport.parkNanos(PAUSE_NANOS);
        }
      }
    } finally {
      gathered.clear();
    }
  }

  private int endOfPortion(int begin) {
    var apps = new HashSet<UUID>();
    var end = begin;
    for (var line : gathered.subList(begin, gathered.size())) {
      if (line.appId() != null && apps.add(line.appId()) && apps.size() > MOST_APPS) {
        break;
      }
      end++;
    }
    return end;
  }

  private boolean written(List<NewLine> some) {
    try {
      lines.addAll(some);
      return true;
    } catch (PlatformException failure) {
      if (failure.code().kind() == ErrorKind.UNAVAILABLE) {
        return false;
      }
      throw failure;
    }
  }

  private static NewLine line(Command command, String text) {
    return new NewLine(
        command.tenantId(),
        Instant.now(),
        STDOUT,
        Level.INFO,
        "build".equals(command.phase()) ? Phase.BUILD : Phase.DEPLOY,
        cut(text),
        command.appId(),
        command.referenceId(),
        command.serverId(),
        null,
        Map.of());
  }

  private static NewLine line(UUID serverId, UUID tenantId, LogEntry entry) {
    return new NewLine(
        tenantId,
        entry.timestamp(),
        entry.fields().getOrDefault("stream", STDOUT),
        LEVELS.getOrDefault(entry.level().toLowerCase(Locale.ROOT), Level.INFO),
        Phase.RUNTIME,
        cut(entry.message()),
        entry.appId(),
        entry.deploymentId(),
        serverId,
        entry.fields().get("container_name"),
        entry.fields());
  }

  private static String cut(String text) {
    var line = text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    if (line.length() <= LONGEST_LINE) {
      return line;
    }
    var end =
        Character.isHighSurrogate(line.charAt(LONGEST_LINE - 1)) ? LONGEST_LINE - 1 : LONGEST_LINE;
    return line.substring(0, end) + "...[truncated]";
  }

  /** Enough of a batch to know it again without keeping it. */
  private record Batch(UUID serverId, int size, Instant first, Instant last, int hash) {
    static Batch of(UUID serverId, List<LogEntry> entries) {
      return new Batch(
          serverId,
          entries.size(),
          entries.getFirst().timestamp(),
          entries.getLast().timestamp(),
          entries.hashCode());
    }
  }

  private static <K, V> Map<K, V> bounded(int most) {
    return new LinkedHashMap<>() {
      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > most;
      }
    };
  }
}
