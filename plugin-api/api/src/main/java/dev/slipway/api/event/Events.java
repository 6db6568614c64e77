package dev.slipway.api.event;

import dev.slipway.api.Scope;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** The event log. */
@ProviderType
public interface Events {
  /**
   * Adds an event to the log inside the current unit of work, so that it exists exactly when the
   * change does.
   *
   * @throws IllegalStateException outside a writing unit of work
   */
  void publish(DomainEvent event);

  /**
   * Committed events behind a cursor, oldest first.
   *
   * @param scope whose events
   * @param filter which of them
   * @param after cursor of the last event seen; null = from the oldest kept
   * @param limit most events to return, 1..1000
   */
  List<StoredEvent> after(Scope scope, EventFilter filter, @Nullable String after, int limit);

  /** The cursor of the newest event, to follow from now on. */
  String now(Scope scope);

  /** The signal raised whenever an event of this tenant is committed. */
  static String topic(UUID tenantId) {
    return "events:" + tenantId;
  }

  /** The signal raised whenever a platform-wide event (without tenant) is committed. */
  static String platformTopic() {
    return "events:platform";
  }

  /** The signal raised whenever an event of this subject is committed. */
  static String subjectTopic(UUID subjectId) {
    return "subject:" + subjectId;
  }
}
