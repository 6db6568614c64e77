package dev.slipway.deployments;

import dev.slipway.api.event.DomainEvent;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What happens to the sources of apps. */
public sealed interface SourceEvent extends DomainEvent {
  @Override
  UUID tenantId();

  UUID appId();

  @Override
  default UUID subjectId() {
    return appId();
  }

  /**
   * A branch of the app's own repository has a new tip, and the app's rule for automatic
   * deployments has not been asked yet.
   *
   * @param commit the new tip
   * @param message its commit message; null where there is none
   * @param changedPaths relative to the root of the repository, the old ones of what was moved too
   * @param allPaths false where more was changed than is told; path filters do not hold it then
   * @param by who pushed it, or made the credential; null where nobody in particular did
   */
  record Pushed(
      UUID tenantId,
      UUID appId,
      String branch,
      String commit,
      @Nullable String message,
      List<String> changedPaths,
      boolean allPaths,
      @Nullable UUID by)
      implements SourceEvent {
    /** Most paths that an event tells. */
    public static final int MOST_PATHS = 1_000;

    public Pushed {
      changedPaths = List.copyOf(changedPaths);
    }

    @Override
    public String type() {
      return "deployments.source.pushed";
    }
  }
}
