package dev.slipway.apps.service.variable;

import dev.slipway.apps.App;
import dev.slipway.apps.AppStatus;
import dev.slipway.apps.AppsError;
import dev.slipway.apps.AppsEvent;
import dev.slipway.apps.EnvVar;
import dev.slipway.apps.VariableOwner;
import dev.slipway.apps.store.AppStore;
import dev.slipway.apps.store.EnvVarStore;
import dev.slipway.apps.store.EnvironmentStore;
import dev.slipway.apps.store.ProjectStore;
import dev.slipway.data.Database;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Variables of any layer by their id alone, in the current unit of work. */
public final class VariableAccess {
  private final AppStore apps;
  private final ProjectStore projects;
  private final EnvironmentStore environments;
  private final EnvVarStore variables;

  public VariableAccess(Database database) {
    apps = new AppStore(database);
    projects = new ProjectStore(database);
    environments = new EnvironmentStore(database);
    variables = new EnvVarStore(database);
  }

  public EnvVar find(UUID id) {
    return variables.find(id).orElseThrow(AppsError.ENV_VAR_NOT_FOUND::of);
  }

  /** A variable that nobody else can change; its owner is locked first, as for every change. */
  public EnvVar lock(UUID id) {
    var owner = find(id).owner();
    lock(owner);
    return variables.lock(owner, id).orElseThrow(AppsError.ENV_VAR_NOT_FOUND::of);
  }

  private void lock(VariableOwner owner) {
    if (owner.projectId() != null) {
      projects.lock(owner.projectId()).orElseThrow(AppsError.ENV_VAR_NOT_FOUND::of);
    } else if (owner.appId() != null) {
      checkStays(apps.lock(owner.appId()).orElseThrow(AppsError.ENV_VAR_NOT_FOUND::of));
    } else {
      environments.lock(owner.id()).orElseThrow(AppsError.ENV_VAR_NOT_FOUND::of);
    }
  }

  private static void checkStays(App app) {
    if (app.status() == AppStatus.DELETING) {
      throw AppsError.APP_DELETING.of();
    }
  }

  /** The app of a variable of an app or environment. */
  public UUID appOf(VariableOwner owner) {
    return owner.appId() != null
        ? owner.appId()
        : environments.find(owner.id()).orElseThrow(AppsError.ENVIRONMENT_NOT_FOUND::of).appId();
  }

  /** That a variable has a new value, in the words of its layer. */
  public AppsEvent set(EnvVar variable) {
    var owner = variable.owner();
    if (owner.projectId() != null) {
      return new AppsEvent.ProjectEnvVarSet(
          variable.tenantId(),
          owner.id(),
          variable.id(),
          variable.key(),
          variable.isSecret(),
          variable.stageBindings());
    }
    if (owner.appId() != null) {
      return new AppsEvent.EnvVarSet(
          variable.tenantId(),
          owner.id(),
          variable.id(),
          variable.key(),
          variable.isSecret(),
          variable.stageBindings());
    }
    return new AppsEvent.EnvironmentVariablesSet(
        variable.tenantId(), appOf(owner), owner.id(), 0, 1);
  }

  /** That a variable was shown to somebody, in the words of its layer. */
  AppsEvent revealed(EnvVar variable, @Nullable UUID userId) {
    var owner = variable.owner();
    return owner.projectId() != null
        ? new AppsEvent.ProjectEnvVarRevealed(
            variable.tenantId(), owner.id(), variable.id(), variable.key(), userId)
        : new AppsEvent.EnvVarRevealed(
            variable.tenantId(), appOf(owner), variable.id(), variable.key(), userId);
  }
}
