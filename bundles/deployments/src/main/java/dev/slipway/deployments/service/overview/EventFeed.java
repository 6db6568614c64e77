package dev.slipway.deployments.service.overview;

import dev.slipway.api.Caller;
import dev.slipway.api.CommonError;
import dev.slipway.api.Scope;
import dev.slipway.api.event.EventFilter;
import dev.slipway.api.event.Events;
import dev.slipway.api.event.StoredEvent;
import dev.slipway.api.rest.Sse;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What happens to a tenant's apps and deployments as a stream without end. */
@Component(service = EventFeed.class)
public final class EventFeed {
  private static final int BATCH = 500;
  private static final int MOST_TYPES = 50;

  /** What any member may know. Who has read a secret, for one, is told to admins alone. */
  private static final Set<String> ALL =
      Set.of("apps.app.*", "apps.environment.*", "apps.project.*", "deployments.*");

  private static final Pattern TYPE =
      Pattern.compile(
          "deployments\\.(\\*|[a-z_]+\\.(\\*|[a-z_]+))"
              + "|apps\\.(app|environment|project)\\.(\\*|[a-z_]+)");

  private final Events events;

  @Activate
  public EventFeed(@Reference Events events) {
    this.events = events;
  }

  /**
   * Follows the tenant's events; each event's data is a {@link StoredEvent}.
   *
   * @param types full types or prefixes that end in {@code .*}; empty = all that members may know
   * @param subject only events of this object; null = of all
   * @param from cursor of the last event seen; null = from now on
   */
  public Sse follow(
      Caller caller, List<String> types, @Nullable UUID subject, @Nullable String from) {
    check(types);
    var scope = Scope.of(caller);
    var filter = new EventFilter(types.isEmpty() ? ALL : Set.copyOf(types), subject);
    var start = from == null ? events.now(scope) : from;
    // Refuses a cursor that is none before the stream begins.
    events.after(scope, filter, start, 1);
    var reader = new Reader(scope, filter, start);
    return new Sse(Events.topic(caller.tenantId()), start, last -> reader.batch());
  }

  private static void check(List<String> types) {
    if (types.size() > MOST_TYPES) {
      throw CommonError.INVALID.of().withField("types", "must be at most " + MOST_TYPES);
    }
    if (!types.stream().allMatch(type -> TYPE.matcher(type).matches())) {
      throw CommonError.INVALID
          .of()
          .withField("types", "must be types or prefixes below " + String.join(", ", sorted()));
    }
  }

  private static List<String> sorted() {
    return ALL.stream().sorted().toList();
  }

  /** Remembers how far it has looked, so that what does not fit is looked at once. */
  private final class Reader {
    private final Scope scope;
    private final EventFilter filter;
    private String place;

    Reader(Scope scope, EventFilter filter, String start) {
      this.scope = scope;
      this.filter = filter;
      place = start;
    }

    Sse.Batch batch() {
      // Asked before the look: what comes meanwhile lies behind it.
      var now = events.now(scope);
      var found = events.after(scope, filter, place, BATCH);
      place = found.isEmpty() ? now : found.getLast().cursor();
      return new Sse.Batch(found.stream().map(EventFeed::event).toList(), false);
    }
  }

  private static Sse.Event event(StoredEvent event) {
    return new Sse.Event(event.cursor(), event.type(), event);
  }
}
