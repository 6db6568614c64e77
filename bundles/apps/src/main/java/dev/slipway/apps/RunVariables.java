package dev.slipway.apps;

import java.util.Map;
import java.util.Set;

/**
 * The variables of one run and of its build, in clear. To be handed over and not kept.
 *
 * @param values what the run gets, by key
 * @param secrets keys of those that must not be shown; their values are masked in logs from now on
 * @param build what the build gets, by key; no secrets, because a build leaves what it sees in its
 *     image
 */
public record RunVariables(
    Map<String, String> values, Set<String> secrets, Map<String, String> build) {
  public RunVariables {
    values = Map.copyOf(values);
    secrets = Set.copyOf(secrets);
    build = Map.copyOf(build);
  }

  /** The keys alone. */
  @Override
  public String toString() {
    return "RunVariables" + values.keySet();
  }
}
