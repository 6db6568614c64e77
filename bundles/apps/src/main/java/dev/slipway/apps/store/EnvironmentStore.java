package dev.slipway.apps.store;

import dev.slipway.apps.Environment;
import dev.slipway.data.Database;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The environments of the current scope. */
public final class EnvironmentStore {
  private final EnvironmentMapper environments;

  public EnvironmentStore(Database database) {
    environments = database.mapper(EnvironmentMapper.class);
  }

  public Optional<Environment> find(UUID id) {
    return Optional.ofNullable(environments.find(id));
  }

  /** The environment, which nobody else can change until the unit of work ends. */
  public Optional<Environment> lock(UUID id) {
    return Optional.ofNullable(environments.lock(id));
  }

  /** The environments of an app in order of their making. */
  public List<Environment> ofApp(UUID appId) {
    return environments.ofApp(appId);
  }

  /** The environments of all apps in a project. */
  public List<Environment> ofProject(UUID projectId) {
    return environments.ofProject(projectId);
  }

  /** All environments, those of one app one after another. */
  public List<Environment> all() {
    return environments.all();
  }

  /** Where the environments of an app are. */
  public List<UUID> serversOf(UUID appId) {
    return environments.serversOf(appId);
  }

  public Environment insert(Environment environment) {
    environments.insert(environment);
    return environment;
  }

  /**
   * Writes an environment that was locked in this unit of work; returns it with its new version.
   */
  public Environment update(Environment environment) {
    if (environments.update(environment) != 1) {
      throw new IllegalStateException(
          "environment " + environment.id() + " was written without being locked");
    }
    return environments.find(environment.id());
  }

  /** Says that all environments of a server are on another one; returns them. */
  public List<Environment> move(UUID from, UUID to, Instant at) {
    return environments.move(from, to, at);
  }

  /** Removes an environment with its variables; nothing promotes from it any longer. */
  public void delete(UUID id, Instant at) {
    environments.unlink(id, at);
    environments.delete(id);
  }

  public Slugs slugs() {
    return environments;
  }
}
