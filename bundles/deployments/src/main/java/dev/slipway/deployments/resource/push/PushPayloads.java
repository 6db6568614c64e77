package dev.slipway.deployments.resource.push;

import dev.slipway.api.Page;
import dev.slipway.deployments.service.hook.GithubHooks;
import dev.slipway.deployments.store.push.PushRow;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Pushes as clients see them. */
public final class PushPayloads {
  private PushPayloads() {}

  /** What became of a push. */
  public record View(
      UUID id,
      UUID appId,
      @Nullable UUID environmentId,
      String branch,
      String commitSha,
      @Nullable String commitMessage,
      @Nullable Integer changedPaths,
      PushRow.Outcome outcome,
      @Nullable String reason,
      @Nullable UUID deploymentId,
      @Nullable UUID pushedBy,
      Instant createdAt) {

    static View of(PushRow row) {
      return new View(
          row.id(),
          row.appId(),
          row.environmentId(),
          row.branch(),
          row.commitSha(),
          row.message(),
          row.changedPaths(),
          row.outcome(),
          row.reason(),
          row.deploymentId(),
          row.pushedBy(),
          row.createdAt());
    }
  }

  /** The pushes of an app. */
  public record PushesAnswer(List<View> pushes, long total) {
    static PushesAnswer of(Page<PushRow> page) {
      return new PushesAnswer(page.items().stream().map(View::of).toList(), page.total());
    }
  }

  /**
   * What came of a webhook.
   *
   * @param status queued, skipped, refused, closed or ignored
   */
  public record GithubAnswer(
      UUID appId, String status, @Nullable String reason, List<UUID> deploymentIds) {
    public static GithubAnswer of(GithubHooks.Result result) {
      return new GithubAnswer(
          result.appId(), result.status(), result.reason(), result.deploymentIds());
    }
  }
}
