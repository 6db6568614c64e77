package dev.slipway.apps;

import dev.slipway.api.Page;
import dev.slipway.api.PageRequest;
import dev.slipway.api.Scope;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Apps for the features that bring them to run. Every call joins the caller's unit of work where
 * there is one.
 */
@ProviderType
public interface Apps {
  /**
   * Steps of the operation that deletes an app, numbered from 1; whoever takes it down reports the
   * first three.
   */
  List<String> DELETION_STEPS =
      List.of("Remove routes", "Stop containers", "Clean up the server", "Delete the app");

  /** An app; empty where there is none in this scope. */
  Optional<App> find(Scope scope, UUID appId);

  /** An app; refuses with {@link AppsError#APP_NOT_FOUND} where there is none in this scope. */
  App require(Scope scope, UUID appId);

  /** The apps of a server in order of id, also those that are being deleted. */
  Page<App> onServer(Scope scope, UUID serverId, PageRequest page);

  /**
   * What a run outside of any environment gets: the variables of the app's project overlaid by its
   * own, those bound to other stages left out. Secret values are known to {@link
   * dev.slipway.api.security.Secrets#mask} from then on. For a run in an environment, {@link
   * Environments#variables} adds that one's.
   */
  RunVariables environment(Scope scope, UUID appId, Stage stage);

  /**
   * What each instance of a deployment may use, asked when it is started; empty where nobody has
   * set any limits. They are noted as those of this deployment.
   */
  Optional<ResourceLimits> limits(Scope scope, UUID appId, UUID deploymentId);

  /**
   * Whether the build of this deployment must use no cached layers, because they were dropped since
   * the last one. The first deployment that asks builds anew, and is told so again when it asks
   * again.
   */
  boolean buildsAnew(Scope scope, UUID appId, UUID deploymentId);

  /**
   * Tells where an app stands. Who begins a deployment must say so ({@link AppStatus#BUILDING} or
   * {@link AppStatus#DEPLOYING}) in the unit of work that stores it: the app is locked by that, and
   * can no longer be deleted without a teardown. The same call again changes nothing.
   *
   * @param currentDeploymentId what is live now; null keeps what is there
   * @param primaryDomain host name under which it answers; null keeps what is there
   * @return false, and nothing is changed, where the app is being deleted or gone
   * @throws IllegalArgumentException where {@link AppStatus#mayBecome} forbids it
   */
  boolean statusChanged(
      Scope scope,
      UUID appId,
      AppStatus status,
      @Nullable UUID currentDeploymentId,
      @Nullable String primaryDomain);

  /**
   * Notes on which server an app runs from now on.
   *
   * @return false, and nothing is changed, where the app is being deleted or gone
   */
  boolean placed(Scope scope, UUID appId, UUID serverId);

  /**
   * Notes in how many instances an app runs from now on.
   *
   * @param replicas 1 to 20
   * @return false, and nothing is changed, where the app is being deleted or gone
   */
  boolean scaled(Scope scope, UUID appId, int replicas);

  /**
   * The app is taken down: removes it with its variables and ends the operation as succeeded. Where
   * the teardown fails, {@link dev.slipway.activity.Operations#fail} is all there is to call: the
   * app is then shown as failed and can be deleted again.
   *
   * @return false where it was not (or no longer) being deleted
   */
  boolean deleted(Scope scope, UUID appId);

  /** What is wrong with the name of a branch; null where nothing is. */
  @Nullable String branchFault(String branch);

  /** What is wrong with the reference of a container image; null where nothing is. */
  @Nullable String imageFault(String image);

  /** What is wrong with a variable of a run; null where nothing is. */
  @Nullable String variableFault(String key, String value);
}
