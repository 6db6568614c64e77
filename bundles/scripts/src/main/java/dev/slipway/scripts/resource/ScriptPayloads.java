package dev.slipway.scripts.resource;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.slipway.api.Patch;
import dev.slipway.api.rest.Versioned;
import dev.slipway.api.script.ScriptFault;
import dev.slipway.api.script.ScriptTask;
import dev.slipway.scripts.ScriptVersion;
import dev.slipway.scripts.service.ScriptDraft;
import dev.slipway.scripts.service.ScriptService.Shown;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Scripts as clients see them. */
public final class ScriptPayloads {
  private ScriptPayloads() {}

  public record Create(
      @NotBlank @Size(max = 120) String name,
      @NotBlank @Size(max = 100) String hook,
      @NotBlank @Size(max = ScriptTask.MAX_SOURCE) String source,
      @Nullable Boolean enabled,
      @Nullable Map<String, @Nullable Object> filter,
      @Min(1) @Max(30_000) @Nullable Integer timeoutMs,
      @Nullable Map<String, @NotNull String> secrets) {

    ScriptDraft toDraft() {
      return new ScriptDraft(
          name,
          hook,
          source,
          !Boolean.FALSE.equals(enabled),
          filter == null ? Map.of() : filter,
          timeoutMs,
          secrets == null ? Map.of() : Map.copyOf(secrets));
    }

    @Override
    public String toString() {
      return "Create[" + name + "]";
    }
  }

  public record Change(
      Patch<@Size(min = 1, max = 120) String> name,
      Patch<@Size(min = 1, max = ScriptTask.MAX_SOURCE) String> source,
      Patch<Boolean> enabled,
      Patch<Map<String, @Nullable Object>> filter,
      Patch<@Min(1) @Max(30_000) Integer> timeoutMs,
      Patch<Map<String, @Nullable String>> secrets) {

    ScriptDraft over(ScriptDraft before) {
      return new ScriptDraft(
          name.orKeep("name", before.name()),
          before.hook(),
          source.isPresent() ? source.orKeep("source", "") : null,
          enabled.orKeep("enabled", before.enabled()),
          filter.orKeep("filter", before.filter()),
          timeoutMs.or(before.timeoutMs()),
          secrets.orKeep("secrets", Map.of()));
    }

    @Override
    public String toString() {
      return "Change";
    }
  }

  public record Check(
      @NotBlank @Size(max = 100) String hook,
      @NotBlank @Size(max = ScriptTask.MAX_SOURCE) String source) {}

  public record Diagnostic(int line, int column, String message, String severity) {}

  public record CheckAnswer(boolean valid, List<Diagnostic> diagnostics) {
    static CheckAnswer of(List<ScriptFault> faults) {
      return new CheckAnswer(
          faults.isEmpty(),
          faults.stream()
              .map(fault -> new Diagnostic(fault.line(), fault.column(), fault.message(), "error"))
              .toList());
    }
  }

  public record LastExecution(String status, Instant at) {}

  public record View(
      UUID id,
      String name,
      String hook,
      String language,
      String source,
      int version,
      boolean enabled,
      Map<String, @Nullable Object> filter,
      int timeoutMs,
      List<String> secretNames,
      @Nullable String receiveUrl,
      @Nullable Instant nextRunAt,
      @Nullable LastExecution lastExecution,
      UUID createdBy,
      Instant createdAt,
      Instant updatedAt) {
    static View of(Shown shown) {
      var script = shown.script();
      return new View(
          script.id(),
          script.name(),
          script.hook(),
          "javascript",
          shown.source(),
          script.activeVersion(),
          script.enabled(),
          script.filter(),
          script.timeoutMs(),
          shown.secretNames(),
          shown.receiveUrl(),
          script.nextRunAt(),
          script.lastStatus() == null
              ? null
              : new LastExecution(script.lastStatus(), Objects.requireNonNull(script.lastAt())),
          script.createdBy(),
          script.createdAt(),
          script.updatedAt());
    }

    /** The address is a credential. */
    @Override
    public String toString() {
      return "View[" + id + "]";
    }
  }

  public record ScriptAnswer(View script, @JsonIgnore long etag) implements Versioned {
    static ScriptAnswer of(Shown shown) {
      return new ScriptAnswer(View.of(shown), shown.script().version());
    }
  }

  public record ScriptsAnswer(List<View> scripts, @Nullable String nextCursor) {
    static ScriptsAnswer of(List<Shown> shown, int limit) {
      var next = shown.size() < limit ? null : shown.getLast().script().id().toString();
      return new ScriptsAnswer(shown.stream().map(View::of).toList(), next);
    }
  }

  public record VersionView(
      int version, String source, UUID createdBy, Instant createdAt, boolean active) {}

  public record VersionsAnswer(List<VersionView> versions, @Nullable String nextCursor) {
    static VersionsAnswer of(List<ScriptVersion> versions, int active, int limit) {
      var next = versions.size() < limit ? null : Integer.toString(versions.getLast().number());
      return new VersionsAnswer(
          versions.stream()
              .map(
                  version ->
                      new VersionView(
                          version.number(),
                          version.source(),
                          version.createdBy(),
                          version.createdAt(),
                          version.number() == active))
              .toList(),
          next);
    }
  }

  public record Settings(
      @NotNull @Size(max = 100) List<@NotBlank @Size(max = 253) String> fetchHosts) {}

  public record SettingsAnswer(SettingsView settings, @JsonIgnore long etag) implements Versioned {
    static SettingsAnswer of(List<String> hosts, int version) {
      return new SettingsAnswer(new SettingsView(hosts), version);
    }
  }

  public record SettingsView(List<String> fetchHosts) {}

  public record Accepted(String status) {}
}
