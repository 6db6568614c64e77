package dev.slipway.deployments.source;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What becomes of a branch that a push has moved. */
public interface Landing {
  /**
   * Called once the branch is where the pusher wanted it, for each branch; may take as long as it
   * needs and tell the pusher how it goes.
   *
   * @return why it came to nothing, for the pusher, whose git then ends with an error; null where
   *     all is well
   */
  @Nullable String landed(Moved moved, Pusher pusher);

  /**
   * A branch with a new tip.
   *
   * @param changed paths relative to the root, the old ones of what was moved too; at most as many
   *     as were asked for
   * @param all whether these are all
   */
  record Moved(String branch, String commit, String message, List<String> changed, boolean all) {
    public Moved {
      changed = List.copyOf(changed);
    }
  }
}
