package dev.slipway.apps;

import dev.slipway.api.Scope;
import java.util.List;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Credentials of private registries for the features that fetch images. Every call joins the
 * caller's unit of work where there is one, and tells by the event {@code
 * apps.registry_credential.handed_over} what was given out. Passwords are known to {@link
 * dev.slipway.api.security.Secrets#mask} from then on.
 */
@ProviderType
public interface Registries {
  /** What opens the registry of an image; at most one. */
  List<RegistryLogin> forImage(Scope scope, String image, UUID appId, UUID deploymentId);

  /** All that the tenant has: a build may begin with images of any registry. */
  List<RegistryLogin> forBuild(Scope scope, UUID appId, UUID deploymentId);
}
