package dev.slipway.logs;

import dev.slipway.api.Scope;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** The log of deployments, for the feature that carries them out. */
@ProviderType
public interface Logs {
  /** Most lines of one {@link #page}. */
  int MOST_LINES = 5_000;

  /**
   * Lines of a deployment behind a place, oldest first.
   *
   * @param phase only lines of this phase; null = of all
   * @param after {@link LogLine#sequence} of the last line seen, 0 from the start
   * @param limit 1..{@link #MOST_LINES}
   */
  List<LogLine> page(Scope scope, UUID deploymentId, @Nullable Phase phase, long after, int limit);

  /**
   * Adds a line of the platform's own to a deployment's log, known secrets masked, in the current
   * unit of work where there is one.
   */
  void system(Scope scope, UUID appId, UUID deploymentId, Phase phase, String message);

  /** The signal raised whenever an app has new lines. */
  static String topic(UUID appId) {
    return "logs:" + appId;
  }
}
