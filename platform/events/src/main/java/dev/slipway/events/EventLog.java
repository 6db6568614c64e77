package dev.slipway.events;

import dev.slipway.api.Ids;
import dev.slipway.api.Scope;
import dev.slipway.api.event.DomainEvent;
import dev.slipway.api.event.EventFilter;
import dev.slipway.api.event.Events;
import dev.slipway.api.event.StoredEvent;
import dev.slipway.api.platform.Json;
import dev.slipway.data.Database;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log in PostgreSQL. */
@Component(service = {Events.class, EventLog.class})
public final class EventLog implements Events {
  private static final Logger LOG = LoggerFactory.getLogger(EventLog.class);

  /**
   * Raised when a transaction with events commits; they may have to wait for another one before
   * they are shown.
   */
  static final String APPENDED = "event-log:appended";

  private static final int MOST = 1000;

  private final Database database;
  private final Json json;
  private final SignalBus signals;

  /**
   * Opens the log, putting its order right first where the database was restored into another
   * server.
   */
  @Activate
  public EventLog(
      @Reference Database database, @Reference Json json, @Reference SignalBus signals) {
    this.database = database;
    this.json = json;
    this.signals = signals;
    database.run(Scope.platform("order of the event log"), this::rebase);
  }

  @Override
  public void publish(DomainEvent event) {
    signals
        .outbox()
        .orElseThrow(() -> new IllegalStateException("no unit of work writes"))
        .publish(
            new Outbox.Draft(
                Ids.next(),
                event.tenantId(),
                event.type(),
                event.subjectId(),
                json.write(json.members(event))));
    signals.raise(APPENDED);
  }

  @Override
  public List<StoredEvent> after(
      Scope scope, EventFilter filter, @Nullable String after, int limit) {
    if (limit < 1 || limit > MOST) {
      throw new IllegalArgumentException("limit must be 1.." + MOST);
    }
    var position = after == null ? Position.START : Position.parse(after);
    var selection = Selection.of(scope, filter);
    return database.read(
        scope,
        () -> {
          var rows = rows(scope, selection, position, limit);
          // A cursor of another database would wait in silence until transaction ids have caught up
          // with it.
          if (rows.isEmpty() && position.txid() > database.mapper(EventMapper.class).future()) {
            throw Position.invalid();
          }
          return rows.stream().map(EventRow::event).toList();
        });
  }

  @Override
  public String now(Scope scope) {
    return horizon(scope).cursor();
  }

  List<EventRow> rows(Scope scope, Selection selection, Position after, int limit) {
    return database.read(
        scope, () -> database.mapper(EventMapper.class).after(selection, after, limit));
  }

  /** Whether readers may see any such event behind a position. */
  boolean any(Scope scope, Selection selection, Position after) {
    return database.read(scope, () -> database.mapper(EventMapper.class).any(selection, after));
  }

  /** Events behind a position, also those that have to wait. */
  List<Placed> placed(Scope scope, Position after, int limit) {
    return database.read(scope, () -> database.mapper(EventMapper.class).placed(after, limit));
  }

  /** What the tail has found, as a row of its own for each who hears it. */
  EventRow row(Placed found) {
    return new EventRow(
        found.id(),
        found.txid(),
        found.seq(),
        found.tenantId(),
        found.type(),
        found.subjectId(),
        found.occurredAt(),
        json.read(found.data(), Members.class));
  }

  private static final class Members extends LinkedHashMap<String, @Nullable Object> {}

  /** Behind everything that readers may see now. */
  Position horizon(Scope scope) {
    return Position.before(
        database.read(scope, () -> database.mapper(EventMapper.class).horizon()));
  }

  /**
   * A dump that was restored into another server carries transaction ids which that server has yet
   * to reach: old events would be held back and new ones stand before them. They are moved to the
   * start of the log, in their order.
   */
  private void rebase() {
    var mapper = database.mapper(EventMapper.class);
    mapper.lockLog();
    if (mapper.anyFromTheFuture()) {
      LOG.warn("the event log comes from another server; putting it before all that is to come");
      mapper.moveCursorsToStart();
      mapper.moveEventsToStart();
    }
  }
}
