package dev.slipway.apps;

import dev.slipway.api.Scope;
import java.util.List;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Processes of apps for the features that run them. Every call joins the caller's unit of work
 * where there is one.
 */
@ProviderType
public interface Processes {
  /** The processes that a version of the app runs, in order of their names. */
  List<AppProcess> ofApp(Scope scope, UUID appId);

  /**
   * Notes in how many instances a process runs from now on.
   *
   * @param replicas 0 to 20
   * @return false, and nothing is changed, where there is no such process, or the app is being
   *     deleted or gone
   */
  boolean scaled(Scope scope, UUID appId, String name, int replicas);
}
