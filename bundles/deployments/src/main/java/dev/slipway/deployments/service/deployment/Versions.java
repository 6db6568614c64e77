package dev.slipway.deployments.service.deployment;

import dev.slipway.apps.App;
import dev.slipway.apps.SourceType;
import dev.slipway.deployments.DeploymentsError;
import dev.slipway.deployments.service.queue.Version;
import dev.slipway.deployments.source.Repositories;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Finds out which version of an app's source is meant. */
@Component(service = Versions.class)
public final class Versions {
  private static final Pattern FULL = Pattern.compile("[0-9a-f]{40}");

  private final Repositories repositories;

  @Activate
  public Versions(@Reference Repositories repositories) {
    this.repositories = repositories;
  }

  /** The image that is to be run; null where one is to be built. */
  public @Nullable String image(App app, DeploymentRequest request) {
    var ambiguous = request.branch() != null || request.commitSha() != null;
    if (request.image() != null) {
      if (ambiguous) {
        throw DeploymentsError.IMAGE_AND_SOURCE.at("image");
      }
      return request.image();
    }
    if (app.sourceType() != SourceType.IMAGE) {
      return null;
    }
    if (ambiguous) {
      throw DeploymentsError.IMAGE_AND_SOURCE.at(
          request.branch() != null ? "branch" : "commit_sha");
    }
    return Objects.requireNonNullElseGet(
        app.image(),
        () -> {
          throw DeploymentsError.NO_SOURCE.of();
        });
  }

  /**
   * The version that is to be built.
   *
   * @param usual the branch where none is asked for
   */
  public Version source(App app, DeploymentRequest request, String usual) {
    var branch = Objects.requireNonNullElse(request.branch(), usual);
    var commit = request.commitSha() == null ? null : request.commitSha().toLowerCase(Locale.ROOT);
    if (app.repositoryUrl() != null) {
      if (commit != null && !FULL.matcher(commit).matches()) {
        throw DeploymentsError.COMMIT_ABBREVIATED.at("commit_sha");
      }
      return new Version(branch, commit, request.message());
    }
    return ownSource(app, request, branch, commit);
  }

  private Version ownSource(
      App app, DeploymentRequest request, String branch, @Nullable String commit) {
    if (!repositories.hasSource(app.id())) {
      throw DeploymentsError.NO_SOURCE.of();
    }
    var found =
        commit == null
            ? repositories
                .tip(app.id(), branch)
                .orElseThrow(() -> DeploymentsError.BRANCH_UNKNOWN.at("branch"))
            : repositories
                .commit(app.id(), branch, commit)
                .orElseThrow(() -> DeploymentsError.COMMIT_UNKNOWN.at("commit_sha"));
    return new Version(
        branch, found.sha(), Objects.requireNonNullElse(request.message(), found.message()));
  }
}
