package dev.slipway.events;

import dev.slipway.api.event.DomainEvent;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An event of the tests. */
record Happened(String type, @Nullable UUID tenantId, UUID subjectId, int number)
    implements DomainEvent {

  static Happened at(@Nullable UUID tenantId, UUID subjectId, int number) {
    return new Happened("tests.thing.happened", tenantId, subjectId, number);
  }
}
