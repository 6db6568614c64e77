package dev.slipway.admin.resource;

import dev.slipway.admin.ConfigVar;
import dev.slipway.admin.service.ConfigDraft;
import dev.slipway.api.spi.ConfigVariable;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Configuration variables as clients see them. */
public final class ConfigPayloads {
  private ConfigPayloads() {}

  /** A new variable; {@code options} has {@code |} between the words. */
  public record Create(
      @NotBlank @Size(max = 200) String name,
      @NotNull ConfigVariable.Type type,
      @NotNull @Size(max = 20_000) String value,
      @Size(max = 1000) @Nullable String description,
      @Size(max = 5000) @Nullable String options) {

    ConfigDraft toDraft() {
      return new ConfigDraft(name.strip(), type, value, description, options);
    }
  }

  /** A new value. */
  public record Change(
      @NotNull @Size(max = 20_000) String value,
      @Size(max = 1000) @Nullable String description,
      @Size(max = 5000) @Nullable String options) {}

  /** A variable. */
  public record View(
      String name,
      ConfigVariable.Type type,
      String value,
      String description,
      @Nullable String options,
      boolean isSystem,
      Instant createdAt,
      Instant updatedAt) {
    static View of(ConfigVar row) {
      return new View(
          row.name(),
          row.type(),
          row.value(),
          row.description(),
          row.options().isEmpty() ? null : String.join("|", row.options()),
          row.system(),
          row.createdAt(),
          row.updatedAt());
    }
  }

  /** All variables by name. */
  public record Configs(Map<String, View> configs) {
    static Configs of(List<ConfigVar> rows) {
      var views = new LinkedHashMap<String, View>();
      rows.forEach(row -> views.put(row.name(), View.of(row)));
      return new Configs(views);
    }
  }

  /** What was done, in a sentence. */
  public record Done(String message) {}
}
