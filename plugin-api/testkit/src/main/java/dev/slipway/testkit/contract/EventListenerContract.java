package dev.slipway.testkit.contract;

import dev.slipway.api.event.StoredEvent;
import dev.slipway.api.spi.EventListener;
import java.time.Duration;
import java.util.HashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicNode;

/** What every {@link EventListener} promises; for a {@code @TestFactory}. */
public final class EventListenerContract {
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private EventListenerContract() {}

  /**
   * The cases.
   *
   * @param event one that the listener wants to hear and can handle
   */
  public static Stream<DynamicNode> tests(EventListener listener, StoredEvent event) {
    var cases = new Cases();
    cases.add("name is in form and stays", () -> Names.dotted(listener::name));
    cases.add("filter takes the event and stays", () -> filter(listener, event));
    cases.add("an event is handled in time", () -> handle(listener, event));
    cases.add(
        "an event that comes again is handled",
        () -> {
          handle(listener, event);
          handle(listener, event);
        });
    cases.add(
        "an event that says more than it used to is handled",
        () -> handle(listener, richer(event)));
    return cases.all();
  }

  private static void filter(EventListener listener, StoredEvent event) {
    Assertions.assertTrue(listener.filter().matches(event.type()), event.type() + " is not wanted");
    Assertions.assertEquals(listener.filter(), listener.filter(), "filter changes");
  }

  private static void handle(EventListener listener, StoredEvent event) {
    Assertions.assertTimeoutPreemptively(LONGEST, () -> listener.on(event));
  }

  private static StoredEvent richer(StoredEvent event) {
    var data = new HashMap<String, @Nullable Object>(event.data());
    data.put("of_a_later_version", "something");
    return new StoredEvent(
        event.id(),
        event.cursor(),
        event.type(),
        event.tenantId(),
        event.subjectId(),
        event.occurredAt(),
        data);
  }
}
