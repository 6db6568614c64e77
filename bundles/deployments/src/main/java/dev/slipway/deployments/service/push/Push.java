package dev.slipway.deployments.service.push;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A branch that has a new tip.
 *
 * @param delivery the same whenever the same push is told again
 * @param paths what was changed, relative to the root of the repository
 * @param allPaths false where more may have been changed than is told
 */
public record Push(
    String delivery,
    String branch,
    String commitSha,
    @Nullable String message,
    List<String> paths,
    boolean allPaths) {
  public Push {
    paths = List.copyOf(paths);
  }
}
