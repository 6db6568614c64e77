package dev.slipway.logs.service;

import dev.slipway.api.Caller;
import dev.slipway.api.CommonError;
import dev.slipway.api.Scope;
import dev.slipway.api.rest.Sse;
import dev.slipway.api.security.Secrets;
import dev.slipway.apps.Apps;
import dev.slipway.logs.Level;
import dev.slipway.logs.LogLine;
import dev.slipway.logs.Logs;
import dev.slipway.logs.Phase;
import dev.slipway.logs.store.LineStore;
import dev.slipway.logs.store.NewLine;
import dev.slipway.logs.store.Selection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Gives lines out: pages of a deployment's log, and the live log of an app. */
@Component(service = {LogService.class, Logs.class})
public final class LogService implements Logs {
  private static final int BATCH = 500;

  private final LineStore lines;
  private final Apps apps;
  private final Secrets secrets;
  private final SharedReads<Wanted, List<LogLine>> reads = new SharedReads<>();

  /** What followers of one log want next: mostly all the same. */
  private record Wanted(Scope scope, UUID appId, Selection selection) {}

  @Activate
  public LogService(@Reference LineStore lines, @Reference Apps apps, @Reference Secrets secrets) {
    this.lines = lines;
    this.apps = apps;
    this.secrets = secrets;
  }

  @Override
  public List<LogLine> page(
      Scope scope, UUID deploymentId, @Nullable Phase phase, long after, int limit) {
    return lines.ofDeployment(scope, deploymentId, phase, after, Math.min(limit, MOST_LINES));
  }

  @Override
  public void system(Scope scope, UUID appId, UUID deploymentId, Phase phase, String message) {
    if (!(scope instanceof Scope.Tenant tenant)) {
      throw new IllegalArgumentException("a line belongs to a tenant");
    }
    lines.add(
        new NewLine(
            tenant.tenantId(),
            Instant.now(),
            "system",
            Level.INFO,
            phase,
            secrets.mask(message),
            appId,
            deploymentId,
            null,
            null,
            Map.of()));
  }

  @Override
  public Sse follow(Caller caller, UUID appId, int tail, @Nullable String from) {
    return follow(caller, appId, Selection.all(), tail, from);
  }

  /**
   * The live log of an app.
   *
   * @param tail how many of the newest lines to begin with
   * @param from sequence to go on behind, instead of the tail
   */
  public Sse follow(
      Caller caller, UUID appId, Selection selection, int tail, @Nullable String from) {
    var scope = Scope.of(caller);
    apps.require(scope, appId);
    var start =
        from == null
            ? (tail == 0 ? newest(scope, appId) : lines.before(scope, appId, selection, tail))
            : sequence(from);
    return new Sse(
        Logs.topic(appId),
        from,
        last -> batch(scope, appId, selection, last == null ? start : sequence(last)));
  }

  private Sse.Batch batch(Scope scope, UUID appId, Selection selection, long after) {
    var wanted = selection.from(after, BATCH);
    var found =
        reads.read(new Wanted(scope, appId, wanted), () -> lines.ofApp(scope, appId, wanted));
    return new Sse.Batch(
        found.stream()
            .map(line -> new Sse.Event(Long.toString(line.sequence()), "log", line))
            .toList(),
        false);
  }

  private long newest(Scope scope, UUID appId) {
    var before = lines.before(scope, appId, Selection.all(), 1);
    var newest = lines.ofApp(scope, appId, Selection.all().from(before, 1));
    return newest.isEmpty() ? before : newest.getFirst().sequence();
  }

  private static long sequence(String cursor) {
    if (!cursor.matches("\\d{1,18}")) {
      throw CommonError.INVALID.of().withField("Last-Event-ID", "must be the id of an event");
    }
    return Long.parseLong(cursor);
  }
}
