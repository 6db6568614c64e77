package dev.slipway.logs.store;

import dev.slipway.api.Scope;
import dev.slipway.api.event.Signals;
import dev.slipway.api.platform.Json;
import dev.slipway.data.Database;
import dev.slipway.logs.LogLine;
import dev.slipway.logs.Logs;
import dev.slipway.logs.Phase;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

  /**
   * Adds lines of one tenant.
   *
   * @param lines their columns by name; {@code tenant_id} is set here
   */
  public void add(UUID tenantId, List<Map<String, @Nullable Object>> lines) {
    lines.forEach(line -> line.put("tenant_id", tenantId));
    database.run(Scope.tenant(tenantId), () -> insert(lines));
  }

  /**
   * Adds lines of any tenants, all in one statement.
   *
   * @param lines their columns by name, {@code tenant_id} among them
   */
  public void addAll(List<Map<String, @Nullable Object>> lines) {
    database.run(ALL, () -> insert(lines));
  }

  private void insert(List<Map<String, @Nullable Object>> lines) {
    var apps =
        lines.stream()
            .map(line -> line.get("app_id"))
            .filter(Objects::nonNull)
            .map(Object::toString)
            .distinct()
            .sorted()
            .toList();
    lines.forEach(line -> line.replaceAll((column, value) -> storable(value)));
    if (!apps.isEmpty()) {
      mapper.order(apps.toArray(String[]::new));
    }
    mapper.insert(LineColumns.of(lines, json::write));
    apps.forEach(app -> signals.raise(Logs.topic(UUID.fromString(app))));
  }

  /** PostgreSQL stores no NUL, neither in text nor in JSON. */
  private static @Nullable Object storable(@Nullable Object value) {
    return switch (value) {
      case String text -> text.indexOf('\0') < 0 ? text : text.replace("\0", "");
      case Map<?, ?> members -> {
        var clean = new HashMap<@Nullable Object, @Nullable Object>();
        members.forEach((name, content) -> clean.put(storable(name), storable(content)));
        yield clean;
      }
      case null, default -> value;
    };
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
