package dev.slipway.apps.service;

import dev.slipway.api.Patch;
import dev.slipway.apps.Stage;
import java.util.List;

/** An edit of a variable. */
public record EnvVarPatch(
    Patch<String> value,
    Patch<Boolean> isSecret,
    Patch<List<Stage>> stages,
    Patch<String> description) {

  @Override
  public String toString() {
    return "EnvVarPatch";
  }
}
