package dev.slipway.webhooks.service;

import dev.slipway.api.CommonError;
import dev.slipway.api.FieldError;
import dev.slipway.webhooks.Endpoint;
import dev.slipway.webhooks.Family;
import dev.slipway.webhooks.WebhooksError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All of a webhook that its users may set. */
public record EndpointDraft(
    @Nullable String name,
    String description,
    String url,
    List<String> events,
    @Nullable UUID appId,
    boolean enabled) {
  private static final int MAX_NAME = 100;
  private static final int MAX_DESCRIPTION = 2000;
  private static final int MAX_URL = 2000;

  public EndpointDraft {
    name = name == null || name.isBlank() ? null : name.strip();
    url = url.strip();
    events = events.stream().distinct().toList();
  }

  static EndpointDraft of(Endpoint endpoint) {
    return new EndpointDraft(
        endpoint.name(),
        endpoint.description(),
        endpoint.url(),
        endpoint.events(),
        endpoint.appId(),
        endpoint.enabled());
  }

  /** Refuses with 400 where something is wrong with it; where it leads to is not looked at. */
  void check(Family family) {
    var faults = new ArrayList<FieldError>();
    if (name == null && family == Family.ADMIN) {
      faults.add(new FieldError("name", "must not be blank"));
    }
    if (name != null) {
      fault(faults, "name", name, MAX_NAME, false);
    }
    fault(faults, "description", description, MAX_DESCRIPTION, true);
    fault(faults, "url", url, MAX_URL, false);
    if (events.isEmpty()) {
      faults.add(new FieldError("events", "must have at least one"));
    }
    if (!faults.isEmpty()) {
      throw CommonError.INVALID.of().withFields(faults);
    }
    checkEvents(family);
    checkScheme(family);
  }

  private void checkEvents(Family family) {
    var known =
        EventType.of(family).stream().map(EventType::type).collect(Collectors.toUnmodifiableSet());
    for (var event : events) {
      if (!known.contains(event)) {
        throw WebhooksError.UNKNOWN_EVENT.at("events", printable(event));
      }
    }
  }

  private void checkScheme(Family family) {
    var lower = url.toLowerCase(Locale.ROOT);
    if (!lower.startsWith("https://")
        && (family == Family.DEPLOY || !lower.startsWith("http://"))) {
      var message =
          family == Family.DEPLOY ? "The URL must be https." : "The URL must be http or https.";
      throw WebhooksError.URL_FORBIDDEN.at("url", message);
    }
  }

  private static String printable(String text) {
    var clean = text.replaceAll("[^A-Za-z0-9_.-]", "?");
    return clean.length() > MAX_NAME ? clean.substring(0, MAX_NAME) : clean;
  }

  private static void fault(
      List<FieldError> faults, String field, String text, int max, boolean breaks) {
    if (text.length() > max) {
      faults.add(new FieldError(field, "must have at most " + max + " characters"));
    } else if (!text.codePoints().allMatch(point -> fits(point, breaks))) {
      faults.add(new FieldError(field, "must not contain control characters"));
    }
  }

  /** Directional overrides count as control: with them a text reads as another than it is. */
  private static boolean fits(int point, boolean breaks) {
    if (point == '\n' || point == '\r' || point == '\t') {
      return breaks;
    }
    if (point >= 0x202a && point <= 0x202e || point >= 0x2066 && point <= 0x2069) {
      return false;
    }
    return switch (Character.getType(point)) {
      case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR -> false;
      case Character.PARAGRAPH_SEPARATOR -> breaks;
      default -> true;
    };
  }
}
