package dev.slipway.accounts.resource;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** What is sent to prove an address or to change a password; none of it is ever printed. */
public final class CredentialPayloads {
  private CredentialPayloads() {}

  public record Token(@NotNull @Size(max = 200) String token) {
    @Override
    public String toString() {
      return "Token[…]";
    }
  }

  public record Address(@NotNull @Size(max = 1000) String email) {}

  public record Reset(
      @NotNull @Size(max = 200) String token, @NotNull @Size(max = 1000) String newPassword) {
    @Override
    public String toString() {
      return "Reset[…]";
    }
  }

  public record Change(
      @Nullable @Size(max = 1000) String currentPassword,
      @NotNull @Size(max = 1000) String newPassword) {
    @Override
    public String toString() {
      return "Change[…]";
    }
  }

  public record Code(@NotNull @Size(max = 100) String code) {
    @Override
    public String toString() {
      return "Code[…]";
    }
  }

  public record Deletion(@Nullable @Size(max = 1000) String password) {
    @Override
    public String toString() {
      return "Deletion[…]";
    }
  }
}
