package dev.slipway.apps.service.variable;

import dev.slipway.apps.EnvVar;
import java.util.List;

/**
 * A variable that applies.
 *
 * @param overrides the layers whose variable of the same key it hides, the nearest last
 */
public record ResolvedVariable(EnvVar variable, List<String> overrides) {
  public ResolvedVariable {
    overrides = List.copyOf(overrides);
  }
}
