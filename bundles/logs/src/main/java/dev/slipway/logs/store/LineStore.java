package dev.slipway.logs.store;

import dev.slipway.api.Scope;
import dev.slipway.api.event.Signals;
import dev.slipway.api.platform.Json;
import dev.slipway.data.Database;
import dev.slipway.logs.LogLine;
import dev.slipway.logs.Logs;
import dev.slipway.logs.Phase;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The table of lines. */
@Component(service = LineStore.class)
public final class LineStore {
  private static final Scope ALL = Scope.platform("lines of all tenants are written together");

  private final Database database;
  private final Signals signals;
  private final Json json;
  private final LineMapper mapper;

  @Activate
  public LineStore(@Reference Database database, @Reference Signals signals, @Reference Json json) {
    this.database = database;
    this.signals = signals;
    this.json = json;
    mapper = database.mapper(LineMapper.class);
  }

  /** Adds a line to its tenant's. */
  public void add(NewLine line) {
    database.run(Scope.tenant(line.tenantId()), () -> insert(List.of(line)));
  }

  /** Adds lines of any tenants, all in one statement. */
  public void addAll(List<NewLine> lines) {
    database.run(ALL, () -> insert(lines));
  }

  private void insert(List<NewLine> lines) {
    var apps = lines.stream().map(NewLine::appId).filter(Objects::nonNull).distinct().toList();
    // In the same order for all who write.
    var turns = apps.stream().map(UUID::toString).sorted().toArray(String[]::new);
    mapper.insert(turns, LineColumns.of(lines, json::write));
    apps.forEach(app -> signals.raise(Logs.topic(app)));
  }

  /** Lines of a deployment behind a sequence. */
  public List<LogLine> ofDeployment(
      Scope scope, UUID deploymentId, @Nullable Phase phase, long after, int limit) {
    var word = phase == null ? null : phase.name().toLowerCase(Locale.ROOT);
    return database.read(scope, () -> mapper.ofDeployment(deploymentId, word, after, limit));
  }

  /** Lines of an app. */
  public List<LogLine> ofApp(Scope scope, UUID appId, Selection selection) {
    return database.read(scope, () -> mapper.ofApp(appId, selection));
  }

  /** Sequence behind which the newest lines stand. */
  public long before(Scope scope, UUID appId, Selection selection, int tail) {
    return database.read(scope, () -> mapper.before(appId, selection, tail));
  }

  /** Makes a day's partition where it is missing. */
  public void addDay(LocalDate day) {
    database.run(ALL, () -> mapper.addDay(day));
  }

  /** Drops the partitions of the days before, and returns the bytes freed. */
  public long dropBefore(LocalDate day) {
    return database.write(ALL, () -> mapper.dropBefore(day));
  }
}
