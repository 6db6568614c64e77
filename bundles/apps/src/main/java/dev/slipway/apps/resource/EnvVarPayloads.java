package dev.slipway.apps.resource;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.slipway.api.Patch;
import dev.slipway.api.rest.Versioned;
import dev.slipway.apps.EnvVar;
import dev.slipway.apps.Stage;
import dev.slipway.apps.service.EnvVarDraft;
import dev.slipway.apps.service.EnvVarPatch;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Variables as clients see them. */
public final class EnvVarPayloads {
  // Nothing of the value, not even its length.
  private static final String MASK = "****";

  private EnvVarPayloads() {}

  /** A new variable. */
  public record Create(
      @NotNull @Size(min = 1, max = 255) String key,
      @NotNull @Size(max = 65536) String value,
      @Nullable Boolean isSecret,
      @Size(max = 16) @Nullable List<@NotNull Stage> stageBindings,
      @Size(max = 500) @Nullable String description) {

    EnvVarDraft toDraft() {
      return new EnvVarDraft(
          key,
          value,
          Boolean.TRUE.equals(isSecret),
          Objects.requireNonNullElse(stageBindings, List.of()),
          description);
    }
  }

  /** An edit; the key stays. */
  public record Change(
      Patch<@Size(max = 65536) String> value,
      Patch<Boolean> isSecret,
      Patch<@Size(max = 16) List<Stage>> stageBindings,
      Patch<@Size(max = 500) String> description) {

    EnvVarPatch toPatch() {
      return new EnvVarPatch(value, isSecret, stageBindings, description);
    }
  }

  /**
   * A variable.
   *
   * @param value null where it is secret
   */
  public record View(
      UUID id,
      UUID tenantId,
      String scope,
      UUID scopeId,
      String key,
      @Nullable String value,
      String maskedValue,
      boolean isSecret,
      List<String> stageBindings,
      @Nullable String description,
      int version,
      @Nullable UUID createdBy,
      Instant createdAt,
      Instant updatedAt) {

    public static View of(EnvVar variable) {
      var ofApp = variable.appId() != null;
      return new View(
          variable.id(),
          variable.tenantId(),
          ofApp ? "app" : "project",
          Objects.requireNonNull(ofApp ? variable.appId() : variable.projectId()),
          variable.key(),
          variable.isSecret() ? null : variable.value(),
          MASK,
          variable.isSecret(),
          variable.stageBindings(),
          variable.description(),
          variable.version(),
          variable.createdBy(),
          variable.createdAt(),
          variable.updatedAt());
    }
  }

  public record EnvVarAnswer(View envVar, @JsonIgnore long etag) implements Versioned {
    static EnvVarAnswer of(EnvVar variable) {
      return new EnvVarAnswer(View.of(variable), variable.version());
    }
  }

  public record EnvVarsAnswer(List<View> envVars) {
    static EnvVarsAnswer of(List<EnvVar> variables) {
      return new EnvVarsAnswer(variables.stream().map(View::of).toList());
    }
  }
}
