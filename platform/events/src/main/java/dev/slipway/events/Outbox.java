package dev.slipway.events;

import dev.slipway.data.Database;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What one unit of work tells when it commits, by one statement: its events and its signals. */
final class Outbox implements Runnable {
  private final Database database;
  private final @Nullable String channel;
  private final List<Draft> events = new ArrayList<>();
  private final Set<String> topics = new LinkedHashSet<>();

  /**
   * An event to be.
   *
   * @param data as JSON
   */
  record Draft(UUID id, @Nullable UUID tenantId, String type, UUID subjectId, String data) {}

  /** Events column by column, as one statement takes many. */
  record Drafts(
      UUID[] ids, @Nullable UUID[] tenantIds, String[] types, UUID[] subjectIds, String[] data) {
    static Drafts of(List<Draft> events) {
      return new Drafts(
          ids(events, Draft::id),
          ids(events, Draft::tenantId),
          texts(events, Draft::type),
          ids(events, Draft::subjectId),
          texts(events, Draft::data));
    }

    private static @Nullable UUID[] ids(
        List<Draft> events, Function<Draft, @Nullable UUID> column) {
      return events.stream().map(column).toArray(UUID[]::new);
    }

    private static String[] texts(List<Draft> events, Function<Draft, String> column) {
      return events.stream().map(column).toArray(String[]::new);
    }
  }

  /**
   * Makes an empty one.
   *
   * @param channel see {@link Carrier#channel}
   */
  Outbox(Database database, @Nullable String channel) {
    this.database = database;
    this.channel = channel;
  }

  void publish(Draft event) {
    events.add(event);
  }

  void raise(String topic) {
    topics.add(topic);
  }

  @Override
  public void run() {
    var mapper = database.mapper(OutboxMapper.class);
    if (events.isEmpty()) {
      mapper.raise(channel, topics.toArray(String[]::new));
    } else {
      mapper.send(Drafts.of(events), channel, topics.toArray(String[]::new));
    }
  }
}
