package dev.slipway.logs;

import dev.slipway.api.Caller;
import dev.slipway.api.Scope;
import dev.slipway.api.rest.Sse;
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

  /**
   * The live log of an app: each event's data is a {@link LogLine}.
   *
   * @param tail how many of the newest lines to begin with
   * @param from sequence to go on behind, instead of the tail; null = none
   */
  Sse follow(Caller caller, UUID appId, int tail, @Nullable String from);

  /** The signal raised whenever an app has new lines. */
  static String topic(UUID appId) {
    return "logs:" + appId;
  }
}
