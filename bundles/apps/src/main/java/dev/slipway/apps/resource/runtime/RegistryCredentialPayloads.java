package dev.slipway.apps.resource.runtime;

import dev.slipway.apps.RegistryCredential;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Credentials of registries as clients see them: never the password. */
public final class RegistryCredentialPayloads {
  private RegistryCredentialPayloads() {}

  /** New credentials. */
  public record Create(
      @NotNull @Size(min = 1, max = 255) String host,
      @NotNull @Size(min = 1, max = 255) String username,
      @NotNull @Size(min = 8, max = 8192) String password) {
    @Override
    public String toString() {
      return "Create[" + username + " at " + host + "]";
    }
  }

  /** Another account, or another password of the same. */
  public record Replace(
      @NotNull @Size(min = 1, max = 255) String username,
      @NotNull @Size(min = 8, max = 8192) String password) {
    @Override
    public String toString() {
      return "Replace[" + username + "]";
    }
  }

  public record View(
      UUID id,
      String host,
      String username,
      @Nullable UUID createdBy,
      Instant createdAt,
      Instant updatedAt,
      @Nullable Instant lastUsedAt) {

    static View of(RegistryCredential credential) {
      return new View(
          credential.id(),
          credential.host(),
          credential.username(),
          credential.createdBy(),
          credential.createdAt(),
          credential.updatedAt(),
          credential.lastUsedAt());
    }
  }

  public record CredentialAnswer(View registryCredential) {
    static CredentialAnswer of(RegistryCredential credential) {
      return new CredentialAnswer(View.of(credential));
    }
  }

  public record CredentialsAnswer(List<View> registryCredentials) {
    static CredentialsAnswer of(List<RegistryCredential> credentials) {
      return new CredentialsAnswer(credentials.stream().map(View::of).toList());
    }
  }
}
