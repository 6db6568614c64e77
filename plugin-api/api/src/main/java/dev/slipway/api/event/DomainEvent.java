package dev.slipway.api.event;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Something that happened, as a record of the feature that says it. The record's components become
 * the event's data; only ever add components.
 */
@ConsumerType
public interface DomainEvent {
  /** {@code feature.noun.past-verb}, such as {@code apps.app.created}. */
  String type();

  /** The tenant it happened in; null for platform-wide events. */
  @Nullable UUID tenantId();

  /** The object it happened to; events of one subject are delivered in order. */
  UUID subjectId();
}
