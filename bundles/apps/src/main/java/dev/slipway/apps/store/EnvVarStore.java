package dev.slipway.apps.store;

import dev.slipway.apps.EnvVar;
import dev.slipway.data.Database;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The variables of the current scope. */
public final class EnvVarStore {
  private final EnvVarMapper variables;

  public EnvVarStore(Database database) {
    variables = database.mapper(EnvVarMapper.class);
  }

  /** A variable of this app, which nobody else can change until the unit of work ends. */
  public Optional<EnvVar> lock(UUID appId, UUID id) {
    return Optional.ofNullable(variables.lock(id)).filter(found -> appId.equals(found.appId()));
  }

  /** The variables of an app in order of their keys. */
  public List<EnvVar> ofApp(UUID appId) {
    return variables.ofApp(appId);
  }

  /** The variables of an app and of its project, the project's first. */
  public List<EnvVar> ofRun(UUID appId, @Nullable UUID projectId) {
    return variables.ofRun(appId, projectId);
  }

  /** The room that an app's variables take, one of them left out. */
  public EnvVarUse use(UUID appId, @Nullable UUID but) {
    return variables.use(appId, but);
  }

  public void insert(EnvVar variable) {
    variables.insert(variable);
  }

  /**
   * Writes a variable that was locked in this unit of work, and returns it with its new version.
   */
  public EnvVar update(EnvVar variable) {
    if (variables.update(variable) != 1) {
      throw new IllegalStateException(
          "variable " + variable.id() + " was written without being locked");
    }
    return variables.find(variable.id());
  }

  public void delete(UUID id) {
    variables.delete(id);
  }
}
