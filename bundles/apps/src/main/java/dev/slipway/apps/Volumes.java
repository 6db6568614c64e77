package dev.slipway.apps;

import dev.slipway.api.Scope;
import java.util.List;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/** Volumes of apps for the features that run them. */
@ProviderType
public interface Volumes {
  /**
   * The volumes that a run of the app gets, in order of their names; joins the caller's unit of
   * work where there is one.
   */
  List<Volume> ofApp(Scope scope, UUID appId);
}
