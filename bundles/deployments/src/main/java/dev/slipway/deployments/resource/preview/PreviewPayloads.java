package dev.slipway.deployments.resource.preview;

import dev.slipway.api.Page;
import dev.slipway.deployments.store.preview.PreviewRulesRow;
import dev.slipway.deployments.store.preview.PreviewRulesRow.Forks;
import dev.slipway.deployments.store.preview.PreviewRulesRow.WhenFull;
import dev.slipway.deployments.store.preview.ShownPreview;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Previews as clients see them. */
public final class PreviewPayloads {
  private PreviewPayloads() {}

  /** Which previews are asked for. */
  public enum Standing {
    /** Not closed. */
    OPEN,
    CLOSED
  }

  /** A preview. */
  public record View(
      UUID id,
      UUID appId,
      UUID environmentId,
      @Nullable UUID deploymentId,
      String branch,
      int pullRequestNumber,
      String commitSha,
      @Nullable String url,
      ShownPreview.Status status,
      boolean fork,
      Instant createdAt,
      Instant updatedAt,
      Instant expiresAt,
      @Nullable Instant closedAt,
      @Nullable String closeReason) {

    static View of(ShownPreview row) {
      return new View(
          row.id(),
          row.appId(),
          row.environmentId(),
          row.deploymentId(),
          row.branch(),
          row.pullRequestNumber(),
          row.commitSha(),
          row.url(),
          row.status(),
          row.fork(),
          row.createdAt(),
          row.updatedAt(),
          row.expiresAt(),
          row.closedAt(),
          row.closeReason());
    }
  }

  /** One preview. */
  public record PreviewAnswer(View preview) {
    static PreviewAnswer of(ShownPreview row) {
      return new PreviewAnswer(View.of(row));
    }
  }

  /** The previews of an app. */
  public record PreviewsAnswer(List<View> previews, long total) {
    static PreviewsAnswer of(Page<ShownPreview> page) {
      return new PreviewsAnswer(page.items().stream().map(View::of).toList(), page.total());
    }
  }

  /** Which previews an app may have. */
  public record SetRules(
      @NotNull @Min(1) @Max(50) Integer most,
      @NotNull WhenFull whenFull,
      @NotNull @Min(1) @Max(8_760) Integer ttlHours,
      @NotNull Forks forks) {}

  /** Which previews an app may have. */
  public record Rules(
      UUID appId, int most, WhenFull whenFull, int ttlHours, Forks forks, Instant updatedAt) {}

  /** Which previews an app may have. */
  public record RulesAnswer(Rules previewRules) {
    static RulesAnswer of(PreviewRulesRow row) {
      return new RulesAnswer(
          new Rules(
              row.appId(),
              row.most(),
              row.whenFull(),
              row.ttlHours(),
              row.forks(),
              row.updatedAt()));
    }
  }
}
