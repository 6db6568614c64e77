package dev.slipway.deployments.resource.hook;

import dev.slipway.deployments.resource.DeploymentPayloads;
import dev.slipway.deployments.service.hook.DeployTokenService.Minted;
import dev.slipway.deployments.store.hook.DeployTokenRow;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Deploy tokens as clients see them. */
public final class DeployTokenPayloads {
  private DeployTokenPayloads() {}

  /** A token to make; without days it never expires. */
  public record Create(
      @NotBlank
          @Size(max = 80)
          @Pattern(regexp = DeploymentPayloads.TEXT, message = DeploymentPayloads.NO_TEXT)
          String name,
      @Min(1) @Max(3650) @Nullable Integer expiresInDays) {}

  /** A token without what it is. */
  public record View(
      UUID id,
      UUID appId,
      String name,
      String prefix,
      UUID createdBy,
      @Nullable Instant expiresAt,
      @Nullable Instant lastUsedAt,
      Instant createdAt) {

    static View of(DeployTokenRow row) {
      return new View(
          row.id(),
          row.appId(),
          row.name(),
          row.prefix(),
          row.createdBy(),
          row.expiresAt(),
          row.lastUsedAt(),
          row.createdAt());
    }
  }

  /** A new token, shown this once. */
  public record CreatedAnswer(View deployToken, String token) {
    static CreatedAnswer of(Minted minted) {
      return new CreatedAnswer(View.of(minted.row()), minted.token());
    }
  }

  /** The caller's tokens. */
  public record TokensAnswer(List<View> deployTokens) {
    static TokensAnswer of(List<DeployTokenRow> rows) {
      return new TokensAnswer(rows.stream().map(View::of).toList());
    }
  }
}
