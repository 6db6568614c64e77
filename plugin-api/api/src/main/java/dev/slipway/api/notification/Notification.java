package dev.slipway.api.notification;

import dev.slipway.api.Ids;
import java.net.URI;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Something that people should know. Made by {@link #of}, completed by the methods that return
 * another one.
 *
 * @param id one for each notification, whatever it is about
 * @param tenantId whose people
 * @param severity how much it matters
 * @param title one line of plain text, 1 to 200 characters
 * @param text plain text of at most 4,000 characters, may have lines; empty where the title says
 *     all
 * @param subject what it is about: the same for all notifications about one matter, such as an
 *     alert that opens and resolves, so that a channel can update what it showed before
 * @param resolved whether the matter is over
 * @param link where to look; null where there is no such place
 * @param facts further details for people by their names, in order, at most 20
 * @param at when it was noticed
 * @since 0.1.0
 */
@ProviderType
public record Notification(
    UUID id,
    UUID tenantId,
    Severity severity,
    String title,
    String text,
    String subject,
    boolean resolved,
    @Nullable URI link,
    Map<String, String> facts,
    Instant at) {
  private static final int LONGEST_TITLE = 200;
  private static final int LONGEST_TEXT = 4_000;
  private static final int MOST_FACTS = 20;

  /** Refuses what is longer than a channel has to take. */
  public Notification {
    if (title.isBlank() || title.length() > LONGEST_TITLE || title.lines().count() > 1) {
      throw new IllegalArgumentException("a title is one line of 1 to 200 characters");
    }
    if (text.length() > LONGEST_TEXT) {
      throw new IllegalArgumentException("a text has at most 4000 characters");
    }
    if (facts.size() > MOST_FACTS) {
      throw new IllegalArgumentException("there are at most 20 facts");
    }
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
  }

  /** How much it matters. */
  public enum Severity {
    /** Good to know. */
    INFO,
    /** Somebody should look at it today. */
    WARNING,
    /** Somebody should look at it now. */
    CRITICAL
  }

  /** A notification about a matter of its own, noticed now. */
  public static Notification of(UUID tenantId, Severity severity, String title, String text) {
    var id = Ids.next();
    return new Notification(
        id, tenantId, severity, title, text, id.toString(), false, null, Map.of(), Instant.now());
  }

  /** The same about a matter that others are about as well. */
  public Notification about(String matter) {
    return new Notification(id, tenantId, severity, title, text, matter, resolved, link, facts, at);
  }

  /** The same, telling that the matter is over. */
  public Notification asResolved() {
    return new Notification(id, tenantId, severity, title, text, subject, true, link, facts, at);
  }

  /** The same with a place to look at. */
  public Notification withLink(URI place) {
    return new Notification(
        id, tenantId, severity, title, text, subject, resolved, place, facts, at);
  }

  /** The same with one more detail. */
  public Notification withFact(String name, String value) {
    var more = new LinkedHashMap<>(facts);
    more.put(name, value);
    return new Notification(id, tenantId, severity, title, text, subject, resolved, link, more, at);
  }
}
