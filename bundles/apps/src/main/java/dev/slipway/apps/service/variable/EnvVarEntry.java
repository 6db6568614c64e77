package dev.slipway.apps.service.variable;

import dev.slipway.apps.EnvVar;
import dev.slipway.apps.Phase;
import dev.slipway.apps.Stage;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One of many variables to be set. What is null stays as it is: a value that is pasted over a
 * secret must not come into the open, or into other stages, because nobody said so.
 */
public record EnvVarEntry(
    String key,
    String value,
    @Nullable Boolean isSecret,
    @Nullable List<Stage> stages,
    @Nullable List<Phase> phases) {

  EnvVarDraft fresh() {
    return new EnvVarDraft(
        key,
        value,
        Boolean.TRUE.equals(isSecret),
        Objects.requireNonNullElse(stages, List.of()),
        null,
        Objects.requireNonNullElse(phases, List.of()));
  }

  EnvVarDraft over(EnvVar current) {
    return new EnvVarDraft(
        key,
        value,
        Objects.requireNonNullElse(isSecret, current.isSecret()),
        stages == null ? current.stageBindings().stream().map(Stage::of).toList() : stages,
        current.description(),
        phases == null ? current.phases().stream().map(Phase::of).toList() : phases);
  }

  @Override
  public String toString() {
    return "EnvVarEntry[key=" + key + "]";
  }
}
