package dev.slipway.scripts.service;

import dev.slipway.scripts.Script;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant says of a script.
 *
 * @param source null keeps the active one; a new script has one
 * @param timeoutMs null = what the hook says
 * @param secrets values by name; null takes one away
 */
public record ScriptDraft(
    String name,
    String hook,
    @Nullable String source,
    boolean enabled,
    Map<String, @Nullable Object> filter,
    @Nullable Integer timeoutMs,
    Map<String, @Nullable String> secrets) {

  /** What is there, to be changed. */
  public static ScriptDraft of(Script script) {
    return new ScriptDraft(
        script.name(),
        script.hook(),
        null,
        script.enabled(),
        script.filter(),
        script.timeoutMs(),
        Map.of());
  }

  /** Names of secrets and sources alone. */
  @Override
  public String toString() {
    return "ScriptDraft[" + name + ", " + hook + "]";
  }
}
