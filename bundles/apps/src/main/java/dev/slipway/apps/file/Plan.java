package dev.slipway.apps.file;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What applying a file does, or did.
 *
 * @param slug the app's
 * @param appId null where there is no such app yet
 * @param fingerprint of the state before, which the file may be applied to
 * @param valuesNeeded paths of secrets that are not set yet
 * @param conflicts what stands in the way; the changes are those without the sections concerned
 */
public record Plan(
    String slug,
    @Nullable UUID appId,
    String fingerprint,
    List<Change> changes,
    List<String> valuesNeeded,
    List<Conflict> conflicts) {

  Plan with(List<Conflict> found) {
    return new Plan(slug, appId, fingerprint, changes, valuesNeeded, List.copyOf(found));
  }

  /**
   * Why a part of the file can not be applied.
   *
   * @param path in the file
   * @param code of the refusal
   */
  public record Conflict(String path, String code, String message) {}
}
