package dev.slipway.deployments;

import dev.slipway.api.Scope;
import java.util.Optional;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/** Deployments for the features that join their data with them. */
@ProviderType
public interface Deployments {
  /** A deployment; empty where there is none in this scope. */
  Optional<Deployment> find(Scope scope, UUID deploymentId);
}
