package dev.slipway.scripts.service;

import dev.slipway.api.event.EventFilter;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether the filter of a script lets an event pass. */
final class Filters {
  private Filters() {}

  static boolean pass(
      String hook, Map<String, @Nullable Object> filter, Map<String, @Nullable Object> event) {
    return switch (hook) {
      case HouseHook.EVENT_LISTENER ->
          types(filter.get("types"), String.valueOf(event.get("type")));
      case "webhook.transform" ->
          listed(filter.get("webhook_ids"), event.get("webhook_id"))
              && listed(filter.get("event_types"), event.get("event_type"));
      default -> true;
    };
  }

  private static boolean types(@Nullable Object wanted, String type) {
    var types = new HashSet<String>();
    if (wanted instanceof List<?> list) {
      list.forEach(entry -> types.add(entry.toString()));
    }
    return new EventFilter(types, null).matches(type);
  }

  private static boolean listed(@Nullable Object wanted, @Nullable Object value) {
    return !(wanted instanceof List<?> list) || list.isEmpty() || list.contains(value);
  }
}
