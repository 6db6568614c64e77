package dev.slipway.api.spi;

import dev.slipway.api.script.ScriptCall;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A function that scripts can call, registered as a service; it appears below {@code api} in their
 * world, is async there, and counts against their budget of calls. Schemas are as in {@link
 * ScriptHook}. Name, summary and schemas are constant and ask no service: they are also read where
 * nothing runs.
 *
 * @since 0.1.0
 */
@ConsumerType
public interface ScriptApi {
  /**
   * Stable and unique on the platform, such as {@code actions.restart}: words of letters and
   * digits, joined by dots.
   */
  String name();

  /** What it does, in a sentence. */
  String summary();

  /** JSON Schema of the arguments, an array with {@code prefixItems}; titles name parameters. */
  String arguments();

  /** JSON Schema of what it returns; {@code {}} where it returns nothing of interest. */
  String result();

  /**
   * Whether a call changes something that others see, or that the next run would see. Such calls
   * are recorded as effects of the run; in a dry run they are recorded and not made.
   */
  boolean effect(ScriptCall call);

  /**
   * Carries a call out, on a thread of the sandbox and outside any unit of work; it is interrupted
   * when the run ends.
   *
   * @return plain JSON values: Map, List, String, Number, Boolean or null
   * @throws dev.slipway.api.PlatformException reaches the script with message and code
   * @throws Exception reaches the script as a fault without detail and is logged
   */
  @Nullable Object call(ScriptCall call) throws Exception;

  /**
   * What a script gets instead of an effect in a dry run; should refuse what {@link #call} would
   * refuse, as far as that can be told.
   */
  default @Nullable Object dry(ScriptCall call) throws Exception {
    return null;
  }

  /** One line for the record of effects, at most 500 characters; no secrets. */
  default String describe(ScriptCall call) {
    return summary();
  }
}
