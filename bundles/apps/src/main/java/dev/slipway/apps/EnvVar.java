package dev.slipway.apps;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A variable of an environment, of an app, or of all apps in a project.
 *
 * @param projectId the project it belongs to; exactly one of this, {@code appId} and {@code
 *     environmentId} is set
 * @param value sealed where it is secret, else as it is
 * @param stageBindings lower-case names of the stages it is for; empty = all, but previews for a
 *     secret
 * @param phases lower-case names of the phases it is for; empty = the run, and the build unless it
 *     is secret
 * @param createdBy null where an API key made it
 */
public record EnvVar(
    UUID id,
    int version,
    UUID tenantId,
    @Nullable UUID projectId,
    @Nullable UUID appId,
    @Nullable UUID environmentId,
    String key,
    String value,
    boolean isSecret,
    List<String> stageBindings,
    List<String> phases,
    @Nullable String description,
    @Nullable UUID createdBy,
    Instant createdAt,
    Instant updatedAt) {

  public EnvVar {
    stageBindings = List.copyOf(stageBindings);
    phases = List.copyOf(phases);
  }

  /** What it belongs to. */
  public VariableOwner owner() {
    return new VariableOwner(tenantId, projectId, appId, environmentId);
  }

  /**
   * Whether a run in this stage gets it. A preview runs what nobody has read yet, so it gets a
   * secret of the app or its project only where that is bound to previews by name.
   */
  public boolean isFor(Stage stage) {
    var unbound = stageBindings.isEmpty() && !(isSecret && stage == Stage.PREVIEW && isShared());
    return unbound || stageBindings.contains(stage.text());
  }

  /** Whether more than one environment may get it. */
  private boolean isShared() {
    return environmentId == null;
  }

  /**
   * Whether this phase gets it. A build leaves what it sees in its image, so no secret goes there.
   */
  public boolean isFor(Phase phase) {
    return (phases.isEmpty() || phases.contains(phase.text()))
        && !(isSecret && phase == Phase.BUILD);
  }

  /** Where a secret value is stored, so that it opens there and nowhere else. */
  public static String place(UUID id) {
    return "apps_env_var/" + id + "/value";
  }

  /** Without the value, which may be one that nobody thought of marking as secret. */
  @Override
  public String toString() {
    return "EnvVar[id=" + id + ", key=" + key + ", isSecret=" + isSecret + "]";
  }
}
