package dev.slipway.apps;

import java.util.Map;
import java.util.Set;

/**
 * The variables of one run, in clear. To be handed to the run and not kept.
 *
 * @param values by key, the app's own before those of its project
 * @param secrets keys of those that must not be shown; their values are masked in logs from now on
 */
public record Environment(Map<String, String> values, Set<String> secrets) {
  public Environment {
    values = Map.copyOf(values);
    secrets = Set.copyOf(secrets);
  }

  /** The keys alone. */
  @Override
  public String toString() {
    return "Environment" + values.keySet();
  }
}
