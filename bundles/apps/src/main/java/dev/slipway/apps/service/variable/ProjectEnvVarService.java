package dev.slipway.apps.service.variable;

import dev.slipway.api.Caller;
import dev.slipway.api.Scope;
import dev.slipway.api.event.Events;
import dev.slipway.api.rest.IfMatch;
import dev.slipway.api.security.Secrets;
import dev.slipway.apps.AppsError;
import dev.slipway.apps.AppsEvent;
import dev.slipway.apps.EnvVar;
import dev.slipway.apps.Project;
import dev.slipway.apps.VariableOwner;
import dev.slipway.apps.service.Faults;
import dev.slipway.apps.store.EnvVarStore;
import dev.slipway.apps.store.ProjectStore;
import dev.slipway.data.Database;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Variables that all apps of a project share. Every change locks the project first. */
@Component(service = ProjectEnvVarService.class)
public final class ProjectEnvVarService {
  private final Database database;
  private final Events events;
  private final ProjectStore projects;
  private final EnvVarStore variables;
  private final VariableWriter writer;
  private final SecretReads reads;

  /** Made by the component runtime. */
  @Activate
  public ProjectEnvVarService(
      @Reference Database database, @Reference Events events, @Reference Secrets secrets) {
    this.database = database;
    this.events = events;
    projects = new ProjectStore(database);
    variables = new EnvVarStore(database);
    writer = new VariableWriter(database, secrets);
    reads = new SecretReads(database, secrets);
  }

  /** Adds a variable to a project. */
  public EnvVar create(Caller caller, UUID projectId, EnvVarDraft draft) {
    draft.checkedBy(new Faults()).raise();
    return database.write(
        Scope.of(caller),
        () -> {
          var variable = writer.create(caller, VariableOwner.of(locked(projectId)), draft);
          publishSet(variable);
          return variable;
        });
  }

  /** The variables of a project in order of their keys. */
  public List<EnvVar> list(Caller caller, UUID projectId) {
    return database.read(
        Scope.of(caller), () -> variables.of(VariableOwner.of(existing(projectId))));
  }

  /** Edits a variable. */
  public EnvVar update(
      Caller caller, UUID projectId, UUID id, IfMatch ifMatch, EnvVarPatch change) {
    return database.write(
        Scope.of(caller),
        () -> {
          var owner = VariableOwner.of(locked(projectId));
          var current = variables.lock(owner, id).orElseThrow(AppsError.ENV_VAR_NOT_FOUND::of);
          ifMatch.check("variable", current.version());
          var stored = writer.update(caller, current, change);
          publishSet(stored);
          return stored;
        });
  }

  /** Drops a variable. */
  public void delete(Caller caller, UUID projectId, String key, IfMatch ifMatch) {
    database.run(
        Scope.of(caller),
        () -> {
          var owner = VariableOwner.of(locked(projectId));
          var current = variables.lock(owner, key).orElseThrow(AppsError.ENV_VAR_NOT_FOUND::of);
          ifMatch.check("variable", current.version());
          variables.delete(current.id());
          events.publish(
              new AppsEvent.ProjectEnvVarRemoved(
                  owner.tenantId(), projectId, current.id(), current.key()));
        });
  }

  /** Shows a variable in clear; who asked is written down. */
  public ClearVariable reveal(Caller caller, UUID projectId, UUID id, @Nullable String userAgent) {
    return database.write(
        Scope.of(caller),
        () -> {
          var owner = VariableOwner.of(existing(projectId));
          var variable = variables.find(owner, id).orElseThrow(AppsError.ENV_VAR_NOT_FOUND::of);
          events.publish(
              new AppsEvent.ProjectEnvVarRevealed(
                  owner.tenantId(), projectId, id, variable.key(), caller.userId()));
          return reads.reveal(caller, variable, userAgent);
        });
  }

  private Project existing(UUID projectId) {
    return projects.find(projectId).orElseThrow(AppsError.PROJECT_NOT_FOUND::of);
  }

  private Project locked(UUID projectId) {
    return projects.lock(projectId).orElseThrow(AppsError.PROJECT_NOT_FOUND::of);
  }

  private void publishSet(EnvVar variable) {
    events.publish(
        new AppsEvent.ProjectEnvVarSet(
            variable.tenantId(),
            variable.owner().id(),
            variable.id(),
            variable.key(),
            variable.isSecret(),
            variable.stageBindings()));
  }
}
