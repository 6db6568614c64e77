package dev.slipway.apps;

import dev.slipway.api.Scope;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Environments that come and go with what is previewed in them. Every call joins the caller's unit
 * of work where there is one.
 */
@ProviderType
public interface PreviewEnvironments {
  /**
   * Adds an environment of stage {@link Stage#PREVIEW} to an app. Refuses as any other new
   * environment is refused: {@link AppsError#APP_NOT_FOUND}, {@link AppsError#APP_DELETING}, {@link
   * AppsError#TOO_MANY_ENVIRONMENTS}.
   *
   * @param name 1..30 characters; where the app has an environment of this name already, a number
   *     is added
   * @param branch what is previewed
   * @param isProtected whether each deployment to it needs an approval
   */
  Environment add(Scope scope, UUID appId, String name, String branch, boolean isProtected);

  /**
   * Removes an environment of stage {@link Stage#PREVIEW}, whatever is done in it; what runs there
   * is taken down by whoever runs it, as for every environment that goes.
   *
   * @return false, and nothing is changed, where there is no such environment in this scope
   */
  boolean remove(Scope scope, UUID environmentId);
}
