package dev.slipway.apps;

import dev.slipway.api.Scope;
import java.util.Optional;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/** Release hooks of apps for the features that bring them to run. */
@ProviderType
public interface ReleaseHooks {
  /**
   * The release hook of an app; empty where it has none. Joins the caller's unit of work where
   * there is one.
   */
  Optional<ReleaseHook> ofApp(Scope scope, UUID appId);
}
