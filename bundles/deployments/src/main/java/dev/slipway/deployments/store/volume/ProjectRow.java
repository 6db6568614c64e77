package dev.slipway.deployments.store.volume;

import dev.slipway.deployments.store.Place;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the versions of an app that a Compose file describes share in one place, on one server.
 *
 * @param environmentId null = the app's production
 * @param name by which agents know it
 * @param containers those that answer no requests, as far as an agent has told
 * @param commandId the last command that was not a step of any work, unless it has failed to take
 *     it down
 * @param attempts how often it was tried to take it down
 * @param tryAt when it is tried again; null while it is to stay
 */
public record ProjectRow(
    UUID id,
    UUID tenantId,
    UUID appId,
    @Nullable UUID environmentId,
    UUID serverId,
    String name,
    State state,
    List<String> containers,
    @Nullable UUID commandId,
    int attempts,
    @Nullable Instant tryAt) {
  /** What is to become of it. */
  public enum State {
    UP,
    /** It goes, and its data stays. */
    LEAVING,
    /** It goes with its data. */
    PURGING
  }

  /** Whether it is to go. */
  public boolean leaves() {
    return state != State.UP;
  }

  /** Where its versions run. */
  public Place place() {
    return new Place(appId, environmentId);
  }
}
