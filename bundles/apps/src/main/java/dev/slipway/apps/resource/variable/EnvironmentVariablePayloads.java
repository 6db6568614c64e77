package dev.slipway.apps.resource.variable;

import dev.slipway.apps.Phase;
import dev.slipway.apps.resource.variable.EnvVarPayloads.ResolvedAnswer;
import dev.slipway.apps.resource.variable.EnvVarPayloads.ResolvedView;
import dev.slipway.apps.service.variable.EnvVarEntry;
import dev.slipway.apps.service.variable.EnvironmentVariableService.Resolved;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Variables of environments as clients see them. */
public final class EnvironmentVariablePayloads {
  private EnvironmentVariablePayloads() {}

  /**
   * An override.
   *
   * @param isSecret null = no, or as it is where the override is there already
   * @param phases null = both, or as they are where the override is there already
   */
  public record Overriding(
      @NotNull @Size(min = 1, max = 255) String key,
      @NotNull @Size(max = 65536) String value,
      @Nullable Boolean isSecret,
      @Size(max = 16) @Nullable List<@NotNull Phase> phases) {

    EnvVarEntry toEntry() {
      return new EnvVarEntry(key, value, isSecret, null, phases);
    }
  }

  /** Overrides to add and replace. */
  public record Put(@NotNull @Size(max = 500) List<@NotNull @Valid Overriding> variables) {
    List<EnvVarEntry> entries() {
      return variables.stream().map(Overriding::toEntry).toList();
    }
  }

  /**
   * What to copy.
   *
   * @param overwrite null = no
   * @param includeSecrets null = yes
   */
  public record Clone(
      @NotNull UUID sourceEnvironmentId,
      @Nullable Boolean overwrite,
      @Nullable Boolean includeSecrets) {}

  public record CloneAnswer(int copied, int skipped) {}

  static ResolvedAnswer answer(Resolved resolved) {
    var views = new ArrayList<ResolvedView>();
    views.add(ResolvedView.ofPlatform("PORT", Integer.toString(resolved.port())));
    resolved.variables().forEach(each -> views.add(ResolvedView.of(each)));
    return new ResolvedAnswer(views);
  }
}
