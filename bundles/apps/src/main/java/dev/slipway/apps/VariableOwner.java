package dev.slipway.apps;

import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a variable belongs to: exactly one of the three ids is set. */
public record VariableOwner(
    UUID tenantId, @Nullable UUID projectId, @Nullable UUID appId, @Nullable UUID environmentId) {

  public VariableOwner {
    var owners = 0;
    owners += projectId == null ? 0 : 1;
    owners += appId == null ? 0 : 1;
    owners += environmentId == null ? 0 : 1;
    if (owners != 1) {
      throw new IllegalArgumentException(
          "a variable belongs to a project, to an app or to an environment");
    }
  }

  public static VariableOwner of(Project project) {
    return new VariableOwner(project.tenantId(), project.id(), null, null);
  }

  public static VariableOwner of(App app) {
    return new VariableOwner(app.tenantId(), null, app.id(), null);
  }

  public static VariableOwner of(Environment environment) {
    return new VariableOwner(environment.tenantId(), null, null, environment.id());
  }

  /** The layer, as clients write it. */
  public String scope() {
    if (projectId != null) {
      return "project";
    }
    return appId != null ? "app" : "environment";
  }

  /** The id that is set. */
  public UUID id() {
    return Objects.requireNonNull(
        projectId != null ? projectId : appId != null ? appId : environmentId);
  }
}
