package dev.slipway.apps.resource.runtime;

import dev.slipway.apps.ReleaseHook;
import dev.slipway.apps.service.runtime.ReleaseHookDraft;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Release hooks as clients see them. */
public final class ReleaseHookPayloads {
  private ReleaseHookPayloads() {}

  /**
   * Commands to be run one after the other.
   *
   * @param commands each split into words by blanks and quotes, without a shell
   * @param timeoutSeconds how long all of them together may take; null = 300
   */
  public record SetHook(
      @NotNull @Size(min = 1, max = 10) List<@NotNull @Size(min = 1, max = 1000) String> commands,
      @Min(1) @Max(3600) @Nullable Integer timeoutSeconds) {

    public ReleaseHookDraft toDraft() {
      return new ReleaseHookDraft(
          commands, Objects.requireNonNullElse(timeoutSeconds, ReleaseHook.USUAL_SECONDS));
    }
  }

  /** What is run once before a new version starts. */
  public record View(UUID appId, List<String> commands, int timeoutSeconds, Instant updatedAt) {
    static View of(ReleaseHook hook) {
      return new View(hook.id(), hook.commands(), hook.timeoutSeconds(), hook.updatedAt());
    }
  }

  public record HookAnswer(View releaseHook) {
    static HookAnswer of(ReleaseHook hook) {
      return new HookAnswer(View.of(hook));
    }
  }
}
