package dev.slipway.deployments.service.overview;

import dev.slipway.api.Caller;
import dev.slipway.api.CommonError;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.event.EventFilter;
import dev.slipway.api.event.Events;
import dev.slipway.api.event.StoredEvent;
import dev.slipway.api.rest.Sse;
import dev.slipway.apps.Apps;
import dev.slipway.data.Database;
import dev.slipway.deployments.Deployment;
import dev.slipway.deployments.DeploymentsError;
import dev.slipway.deployments.store.DeploymentStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The progress of one deployment as a stream, from the event log. */
@Component(service = ProgressFeed.class)
public final class ProgressFeed {
  private static final int BATCH = 100;

  /** More than any deployment has. */
  private static final int MOST = 1_000;

  private static final Duration LOOKBACK = Duration.ofDays(1);

  private static final String DONE = "done";

  private final Database database;
  private final DeploymentStore deployments;
  private final Apps apps;
  private final Events events;

  @Activate
  public ProgressFeed(
      @Reference Database database, @Reference Apps apps, @Reference Events events) {
    this.database = database;
    this.apps = apps;
    deployments = new DeploymentStore(database);
    this.events = events;
  }

  /**
   * Follows a deployment to its end.
   *
   * @param from id of the last event seen; null from the start
   */
  public Sse follow(Caller caller, Deployment deployment, @Nullable String from) {
    var scope = Scope.of(caller);
    var filter = progressOf(deployment.id());
    // Refuses an id that is none while that can still be answered with 400.
    events.after(scope, filter, from, 1);
    return new Sse(
        Events.subjectTopic(deployment.id()), from, last -> batch(scope, filter, deployment, last));
  }

  /**
   * What was told of an app's deployments from a time on, oldest first. Asks the event log once for
   * each deployment that was not over by then.
   *
   * @param from not longer ago than a day; null, as all else, is refused with 400
   */
  public List<Map<String, @Nullable Object>> replay(
      Caller caller, UUID appId, @Nullable Instant from, int limit) {
    var scope = Scope.of(caller);
    apps.require(scope, appId);
    if (from == null || from.isBefore(Times.now().minus(LOOKBACK))) {
      throw CommonError.INVALID.of().withField("from_ts", "must be of the last 24 hours");
    }
    return database.read(scope, () -> deployments.since(appId, from)).stream()
        .flatMap(row -> events.after(scope, progressOf(row.id()), null, MOST).stream())
        .filter(event -> time(event) >= from.toEpochMilli())
        .sorted(Comparator.comparingLong(ProgressFeed::time))
        .limit(limit)
        .map(ProgressFeed::data)
        .toList();
  }

  private static long time(StoredEvent event) {
    return event.data().get("ts") instanceof Number ts ? ts.longValue() : 0;
  }

  private static EventFilter progressOf(UUID deployment) {
    return new EventFilter(Set.of("deployments.deployment.progress"), deployment);
  }

  private Sse.Batch batch(
      Scope scope, EventFilter filter, Deployment deployment, @Nullable String after) {
    // Looked at first: what is over then has told all it had to tell.
    var over = isOver(scope, deployment.id());
    var found = events.after(scope, filter, after, BATCH);
    var shown = found.stream().map(ProgressFeed::event).toList();
    var last =
        found.stream().anyMatch(ProgressFeed::isLast)
            || over && found.size() < BATCH && hasTold(scope, filter);
    return new Sse.Batch(shown, last);
  }

  /** What is over may have its last event held back by a transaction that is still going on. */
  private boolean hasTold(Scope scope, EventFilter filter) {
    var kept = events.after(scope, filter, null, MOST);
    return kept.isEmpty() || isLast(kept.getLast());
  }

  private boolean isOver(Scope scope, UUID id) {
    return database
        .read(scope, () -> deployments.find(id))
        .map(row -> row.status().isOver())
        .orElseThrow(DeploymentsError.NOT_FOUND::of);
  }

  private static Sse.Event event(StoredEvent event) {
    return new Sse.Event(event.cursor(), isLast(event) ? DONE : "progress", data(event));
  }

  private static Map<String, @Nullable Object> data(StoredEvent event) {
    Map<String, @Nullable Object> data = new LinkedHashMap<>();
    for (var member :
        List.of("seq", "ts", "app_id", "deployment_id", "phase", "status", "percent", "message")) {
      data.put(member, event.data().get(member));
    }
    return data;
  }

  private static boolean isLast(StoredEvent event) {
    return DONE.equals(event.text("phase"));
  }
}
