package dev.slipway.api.spi;

import java.time.Duration;
import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A place where tenants attach scripts, registered as a service. Whoever registers it calls {@link
 * dev.slipway.api.script.Scripts} when its moment has come.
 *
 * <p>Schemas are JSON Schema (2020-12) without references to other documents; {@code title} names a
 * parameter, {@code description} becomes its comment in the typings. A hook whose schema can not be
 * read is logged and not offered.
 *
 * @since 0.1.0
 */
@ConsumerType
public interface ScriptHook {
  /** Stable and unique on the platform, {@code noun.moment} such as {@code alert.condition}. */
  String name();

  /** When scripts are run and what their result decides, in a sentence or two. */
  String summary();

  /** JSON Schema of the event that a script gets, an object. */
  String input();

  /** JSON Schema of what a script returns; {@code {}} where the result is not looked at. */
  String result();

  /** JSON of an event that fits {@link #input()}, for trying scripts out. */
  String sampleEvent();

  /**
   * JSON Schema of the filter of scripts at this hook, an object; by default there is nothing to
   * filter by.
   */
  default String filter() {
    return "{\"type\":\"object\",\"additionalProperties\":false}";
  }

  /** API functions that are not to be had at this hook, such as those that take too long for it. */
  default Set<String> withheld() {
    return Set.of();
  }

  /** Timeout of a script that says none; 1 ms to 30 s. */
  default Duration timeout() {
    return Duration.ofSeconds(1);
  }
}
