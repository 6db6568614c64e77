package dev.slipway.deployments.resource.deployment;

import dev.slipway.deployments.resource.DeploymentPayloads;
import dev.slipway.deployments.service.deployment.DeploymentRequest;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Deployments into one environment as clients ask for them. */
public final class EnvironmentDeploymentPayloads {
  private EnvironmentDeploymentPayloads() {}

  /**
   * A wish for a version; what is left out follows the settings of the environment and the app.
   *
   * @param promoteFromDeploymentId the deployment of another environment whose build is shipped as
   *     it is, without branch, commit, image and rebuild
   */
  public record Ship(
      @Size(min = 1, max = 200) @Nullable String branch,
      @Pattern(regexp = "[0-9a-fA-F]{7,40}", message = "must be 7 to 40 hexadecimal digits")
          @Nullable String commitSha,
      @Size(max = 512) @Nullable String image,
      @Size(max = 1000)
          @Pattern(regexp = DeploymentPayloads.TEXT, message = DeploymentPayloads.NO_TEXT)
          @Nullable String message,
      @Nullable Boolean forceRebuild,
      @Nullable Boolean skipCache,
      @Size(max = 100) @Nullable Map<String, @Nullable String> envOverrides,
      @Nullable UUID promoteFromDeploymentId) {

    /** The app's settings as they are. */
    static final Ship USUAL = new Ship(null, null, null, null, null, null, null, null);

    DeploymentRequest to(UUID environmentId) {
      var promotes = promoteFromDeploymentId != null;
      return new DeploymentRequest(
          branch,
          commitSha,
          image,
          message,
          envOverrides == null ? Map.of() : new LinkedHashMap<>(envOverrides),
          // What is promoted is not built, so that a rebuild contradicts it like a fresh cache.
          Boolean.TRUE.equals(skipCache) || promotes && Boolean.TRUE.equals(forceRebuild),
          environmentId,
          null);
    }
  }
}
