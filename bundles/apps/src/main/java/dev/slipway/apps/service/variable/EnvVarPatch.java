package dev.slipway.apps.service.variable;

import dev.slipway.api.Patch;
import dev.slipway.apps.Phase;
import dev.slipway.apps.Stage;
import java.util.List;

/** An edit of a variable. */
public record EnvVarPatch(
    Patch<String> value,
    Patch<Boolean> isSecret,
    Patch<List<Stage>> stages,
    Patch<String> description,
    Patch<List<Phase>> phases) {

  @Override
  public String toString() {
    return "EnvVarPatch";
  }
}
