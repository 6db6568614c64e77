package com.example.greeting;

import dev.slipway.api.event.DomainEvent;
import java.util.UUID;

/** Somebody was greeted. */
record GreetingAdded(UUID tenantId, UUID greetingId, String name) implements DomainEvent {
  @Override
  public String type() {
    return "example-greeting.greeting.added";
  }

  @Override
  public UUID subjectId() {
    return greetingId;
  }
}
