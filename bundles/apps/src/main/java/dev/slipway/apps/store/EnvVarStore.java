package dev.slipway.apps.store;

import dev.slipway.apps.EnvVar;
import dev.slipway.apps.VariableOwner;
import dev.slipway.data.Database;
import java.util.Collection;
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

  /** A variable of any owner. */
  public Optional<EnvVar> find(UUID id) {
    return Optional.ofNullable(variables.find(id));
  }

  /** Those of these variables that exist. */
  public List<EnvVar> findAll(Collection<UUID> ids) {
    return variables.findAll(ids.toArray(UUID[]::new));
  }

  /** A variable of this owner. */
  public Optional<EnvVar> find(VariableOwner owner, UUID id) {
    return Optional.ofNullable(variables.find(id)).filter(found -> found.owner().equals(owner));
  }

  /** A variable of this owner, which nobody else can change until the unit of work ends. */
  public Optional<EnvVar> lock(VariableOwner owner, UUID id) {
    return Optional.ofNullable(variables.lock(id)).filter(found -> found.owner().equals(owner));
  }

  /** As {@link #lock(VariableOwner, UUID)}, by its key. */
  public Optional<EnvVar> lock(VariableOwner owner, String key) {
    return Optional.ofNullable(variables.lockByKey(owner, key));
  }

  /** The variables of an owner in order of their keys. */
  public List<EnvVar> of(VariableOwner owner) {
    return variables.ofOwner(owner);
  }

  /**
   * The variables of an app's project, of the app, and of one of its environments, in this order.
   */
  public List<EnvVar> ofRun(@Nullable UUID projectId, UUID appId, @Nullable UUID environmentId) {
    return variables.ofRun(projectId, appId, environmentId);
  }

  /** The room that an owner's variables take, one of them left out. */
  public EnvVarUse use(VariableOwner owner, @Nullable UUID but) {
    return variables.use(owner, but);
  }

  public void insert(EnvVar variable) {
    variables.insert(variable);
  }

  /** Adds these variables, and writes those whose ids are there already; in one statement. */
  public void put(Collection<EnvVar> some) {
    if (!some.isEmpty()) {
      variables.put(some);
    }
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
