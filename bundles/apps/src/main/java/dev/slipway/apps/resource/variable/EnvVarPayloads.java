package dev.slipway.apps.resource.variable;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.slipway.api.Patch;
import dev.slipway.api.rest.Versioned;
import dev.slipway.apps.EnvVar;
import dev.slipway.apps.Phase;
import dev.slipway.apps.SecretRead;
import dev.slipway.apps.Stage;
import dev.slipway.apps.service.variable.ClearVariable;
import dev.slipway.apps.service.variable.EnvVarDraft;
import dev.slipway.apps.service.variable.EnvVarEntry;
import dev.slipway.apps.service.variable.EnvVarPatch;
import dev.slipway.apps.service.variable.EnvVarService.Bulk;
import dev.slipway.apps.service.variable.ResolvedVariable;
import jakarta.validation.Valid;
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
  static final String MASK = "****";

  private EnvVarPayloads() {}

  /** A new variable. */
  public record Create(
      @NotNull @Size(min = 1, max = 255) String key,
      @NotNull @Size(max = 65536) String value,
      @Nullable Boolean isSecret,
      @Size(max = 16) @Nullable List<@NotNull Stage> stageBindings,
      @Size(max = 500) @Nullable String description,
      @Size(max = 16) @Nullable List<@NotNull Phase> phases) {

    EnvVarDraft toDraft() {
      return new EnvVarDraft(
          key,
          value,
          Boolean.TRUE.equals(isSecret),
          Objects.requireNonNullElse(stageBindings, List.of()),
          description,
          Objects.requireNonNullElse(phases, List.of()));
    }
  }

  /** An edit; the key stays. */
  public record Change(
      Patch<@Size(max = 65536) String> value,
      Patch<Boolean> isSecret,
      Patch<@Size(max = 16) List<Stage>> stageBindings,
      Patch<@Size(max = 500) String> description,
      Patch<@Size(max = 16) List<Phase>> phases) {

    EnvVarPatch toPatch() {
      return new EnvVarPatch(value, isSecret, stageBindings, description, phases);
    }
  }

  /** An edit of a project's variable. */
  public record ProjectChange(
      Patch<@Size(max = 65536) String> value,
      Patch<Boolean> isSecret,
      Patch<@Size(max = 16) List<Stage>> stageBindings) {

    EnvVarPatch toPatch() {
      return new EnvVarPatch(value, isSecret, stageBindings, Patch.absent(), Patch.absent());
    }
  }

  /**
   * One of many.
   *
   * @param isSecret null = no, or as it is where the variable is there already
   * @param stageBindings null = all, or as they are where the variable is there already
   * @param phases as {@code stageBindings}
   */
  public record Entry(
      @NotNull @Size(min = 1, max = 255) String key,
      @NotNull @Size(max = 65536) String value,
      @Nullable Boolean isSecret,
      @Size(max = 16) @Nullable List<@NotNull Stage> stageBindings,
      @Size(max = 16) @Nullable List<@NotNull Phase> phases) {

    EnvVarEntry toEntry() {
      return new EnvVarEntry(key, value, isSecret, stageBindings, phases);
    }
  }

  /** Many variables. */
  public record CreateMany(
      @NotNull @Size(min = 1, max = 500) List<@NotNull @Valid Entry> variables,
      @Nullable Boolean overwrite) {

    List<EnvVarEntry> entries() {
      return variables.stream().map(Entry::toEntry).toList();
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
      List<String> phases,
      @Nullable String description,
      int version,
      @Nullable UUID createdBy,
      Instant createdAt,
      Instant updatedAt) {

    public static View of(EnvVar variable) {
      return new View(
          variable.id(),
          variable.tenantId(),
          variable.owner().scope(),
          variable.owner().id(),
          variable.key(),
          variable.isSecret() ? null : variable.value(),
          MASK,
          variable.isSecret(),
          variable.stageBindings(),
          variable.phases(),
          variable.description(),
          variable.version(),
          variable.createdBy(),
          variable.createdAt(),
          variable.updatedAt());
    }
  }

  public record EnvVarAnswer(View envVar, @JsonIgnore long etag) implements Versioned {
    public static EnvVarAnswer of(EnvVar variable) {
      return new EnvVarAnswer(View.of(variable), variable.version());
    }
  }

  public record EnvVarsAnswer(List<View> envVars) {
    static EnvVarsAnswer of(List<EnvVar> variables) {
      return new EnvVarsAnswer(variables.stream().map(View::of).toList());
    }
  }

  /** What a call with many variables did. */
  public record ManyAnswer(int created, int updated, int skipped, List<View> envVars) {
    static ManyAnswer of(Bulk bulk) {
      return new ManyAnswer(
          bulk.created(),
          bulk.updated(),
          bulk.skipped(),
          bulk.variables().stream().map(View::of).toList());
    }
  }

  /** A variable in clear. */
  public record Revealed(UUID id, String key, String value) {
    static Revealed of(ClearVariable variable) {
      return new Revealed(variable.id(), variable.key(), variable.value());
    }

    @Override
    public String toString() {
      return "Revealed[key=" + key + "]";
    }
  }

  /**
   * Who was shown a variable.
   *
   * @param version which of its versions; null where that was not written down yet
   */
  public record ReadView(
      String action,
      @Nullable UUID userId,
      String userEmail,
      @Nullable UUID appId,
      @Nullable UUID projectId,
      @Nullable UUID environmentId,
      String key,
      @Nullable Integer version,
      String scope,
      String ip,
      @Nullable String userAgent,
      String requestId,
      Instant createdAt) {

    static ReadView of(SecretRead read) {
      return new ReadView(
          "secret_read",
          read.userId(),
          read.userEmail(),
          read.appId(),
          read.projectId(),
          read.environmentId(),
          read.key(),
          read.number(),
          read.scope(),
          read.ip(),
          read.userAgent(),
          read.requestId(),
          read.createdAt());
    }
  }

  public record ReadsAnswer(List<ReadView> entries) {
    static ReadsAnswer of(List<SecretRead> reads) {
      return new ReadsAnswer(reads.stream().map(ReadView::of).toList());
    }
  }

  /**
   * A variable that applies.
   *
   * @param envVarId null where it is the platform's
   * @param value null where it is secret
   * @param source the layer that it comes from
   * @param sourceId the project, app or environment of that layer
   * @param overrides the layers whose variable of the same key it hides, the nearest last
   */
  public record ResolvedView(
      @Nullable UUID envVarId,
      String key,
      @Nullable String value,
      String maskedValue,
      boolean isSecret,
      String source,
      @Nullable UUID sourceId,
      List<String> overrides,
      List<String> stageBindings,
      List<String> phases,
      @Nullable Instant updatedAt) {

    static ResolvedView of(ResolvedVariable resolved) {
      var variable = resolved.variable();
      return new ResolvedView(
          variable.id(),
          variable.key(),
          variable.isSecret() ? null : variable.value(),
          MASK,
          variable.isSecret(),
          variable.owner().scope(),
          variable.owner().id(),
          resolved.overrides(),
          variable.stageBindings(),
          variable.phases(),
          variable.updatedAt());
    }

    /** What the platform itself tells a run. */
    static ResolvedView ofPlatform(String key, String value) {
      var run = List.of(Phase.RUN.text());
      return new ResolvedView(
          null, key, value, MASK, false, "platform", null, List.of(), List.of(), run, null);
    }
  }

  public record ResolvedAnswer(List<ResolvedView> variables) {
    static ResolvedAnswer of(List<ResolvedVariable> resolved) {
      return new ResolvedAnswer(resolved.stream().map(ResolvedView::of).toList());
    }
  }
}
