package dev.slipway.admin.resource;

import dev.slipway.accounts.ApiKey;
import dev.slipway.accounts.ApiKeys;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** API keys as operators see them. */
public final class ApiKeyPayloads {
  private ApiKeyPayloads() {}

  /** A new key. */
  public record Create(
      @NotBlank @Size(max = 100) String name, @NotNull ApiKey.Authority authority) {}

  /** A key. */
  public record View(
      UUID id,
      String name,
      String keyPreview,
      ApiKey.Authority authority,
      UUID createdBy,
      Instant createdAt,
      @Nullable Instant lastUsedAt,
      boolean isActive) {
    static View of(ApiKey key) {
      return new View(
          key.id(),
          key.name(),
          key.preview(),
          key.authority(),
          key.createdBy(),
          key.createdAt(),
          key.lastUsedAt(),
          key.active());
    }
  }

  /** The keys that work, newest first. */
  public record Keys(List<View> apiKeys) {
    static Keys of(List<ApiKey> keys) {
      return new Keys(keys.stream().map(View::of).toList());
    }
  }

  /** A new key with its raw form, which is never shown again. */
  public record Created(View apiKey, String rawKey) {
    static Created of(ApiKeys.Minted minted) {
      return new Created(View.of(minted.key()), minted.raw());
    }

    /** Without the raw form. */
    @Override
    public String toString() {
      return "Created[" + apiKey.id() + "]";
    }
  }

  /** What became of the key. */
  public record Removed(String status) {
    static final Removed DELETED = new Removed("deleted");
  }
}
