package dev.slipway.apps;

import dev.slipway.api.Scope;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Environments of apps for the features that deploy to them. Every call joins the caller's unit of
 * work where there is one.
 */
@ProviderType
public interface Environments {
  /** An environment; empty where there is none in this scope. */
  Optional<Environment> find(Scope scope, UUID environmentId);

  /**
   * An environment; refuses with {@link AppsError#ENVIRONMENT_NOT_FOUND} where there is none in
   * this scope.
   */
  Environment require(Scope scope, UUID environmentId);

  /** The environments of an app in order of their making; none where there is no such app. */
  List<Environment> ofApp(Scope scope, UUID appId);

  /**
   * What a run in an environment gets: the variables of the app's project, overlaid by the app's
   * and those by the environment's own; those bound to other stages left out. Secret values are
   * known to {@link dev.slipway.api.security.Secrets#mask} from then on.
   */
  RunVariables variables(Scope scope, UUID environmentId);

  /**
   * Tells where an environment stands. Who begins a deployment must say {@link
   * EnvironmentStatus#DEPLOYING} in the unit of work that stores it: the environment can not be
   * removed then, and its app not be deleted without a teardown. The same call again changes
   * nothing.
   *
   * @param currentDeploymentId what is live now; null keeps what is there
   * @return false, and nothing is changed, where there is no such environment in this scope, or
   *     where a deployment begins though its app is being deleted
   * @throws IllegalArgumentException where it is to run, run badly or be stopped though nothing was
   *     ever deployed
   */
  boolean statusChanged(
      Scope scope,
      UUID environmentId,
      EnvironmentStatus status,
      @Nullable UUID currentDeploymentId);

  /**
   * Notes on which server an environment runs from now on.
   *
   * @return false, and nothing is changed, where there is no such environment in this scope
   */
  boolean placed(Scope scope, UUID environmentId, UUID serverId);
}
