package dev.slipway.agent.runtime.docker;

import com.github.dockerjava.api.model.BuildResponseItem;
import com.github.dockerjava.api.model.PullResponseItem;
import dev.slipway.agent.logs.Masking;
import dev.slipway.agent.os.AtomicFile;
import dev.slipway.agent.os.FileTree;
import dev.slipway.agent.os.LineSink;
import dev.slipway.agent.runtime.AppNames;
import dev.slipway.agent.runtime.BuildOrder;
import dev.slipway.agent.runtime.DeployOrder;
import dev.slipway.agent.runtime.RegistryLogin;
import dev.slipway.agent.runtime.RuntimeRefusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Builds, pulls and removes images. */
final class ImageWork {
  private static final Duration BUILD_LIMIT = Duration.ofMinutes(30);
  private static final Duration PULL_LIMIT = Duration.ofMinutes(15);
  private static final String CACHE_FROM = "--cache-from=";

  private final DockerEngine engine;
  private final Path contexts;

  /**
   * @param contexts where sources are packed; what an agent that was killed has left there goes
   */
  ImageWork(DockerEngine engine, Path contexts) throws IOException {
    this.engine = engine;
    FileTree.delete(contexts);
    this.contexts = AtomicFile.folder(contexts);
  }

  void build(BuildOrder order, LineSink progress)
      throws RuntimeRefusal, IOException, InterruptedException {
    var logins = order.docker().logins();
    var secrets = new ArrayList<>(order.environment().values());
    secrets.addAll(RegistryLogin.secrets(logins));
    var output = new EngineOutput<BuildResponseItem>(Masking.of(secrets), progress);
    try (var context = BuildContext.pack(order, contexts);
        var tar = Files.newInputStream(context.tar())) {
      engine.call(
          () -> {
            var build =
                engine
                    .streams()
                    .buildImageCmd(tar)
                    .withDockerfilePath(context.dockerfile())
                    .withTags(Set.of(order.imageTag()))
                    .withLabels(Map.of(ContainerPlan.APP_LABEL, slug(order)))
                    .withNoCache(order.docker().noCache())
                    .withCacheFrom(cacheFrom(order))
                    .withRemove(true)
                    .withForcerm(true);
            if (!logins.isEmpty()) {
              build.withBuildAuthConfigs(RegistryAccess.all(logins));
            }
            order.environment().forEach(build::withBuildArg);
            return build.exec(output);
          });
      output.await(BUILD_LIMIT, "the build");
    }
  }

  private static String slug(BuildOrder order) {
    return order.slug().isEmpty() ? AppNames.slugOf(order.imageTag()) : order.slug();
  }

  private static Set<String> cacheFrom(BuildOrder order) {
    return order.docker().cacheArguments().stream()
        .filter(argument -> argument.startsWith(CACHE_FROM))
        .map(argument -> argument.substring(CACHE_FROM.length()))
        .collect(Collectors.toSet());
  }

  /** Fetches an image, unless it is to be taken as it is, or was built here. */
  void pull(String image, DeployOrder.Placement placement, LineSink progress)
      throws RuntimeRefusal, IOException, InterruptedException {
    if (!placement.skipPull() && AppNames.slugOf(image).isEmpty()) {
      // What this agent builds itself has a name of the contract and is in no registry.
      pull(image, placement.logins(), progress);
    }
  }

  /**
   * Fetches an image.
   *
   * @param logins of which that for the image's registry is used; without one the engine's own
   */
  void pull(String image, List<RegistryLogin> logins, LineSink progress)
      throws RuntimeRefusal, IOException, InterruptedException {
    var masking = Masking.of(RegistryLogin.secrets(logins));
    var output = new EngineOutput<PullResponseItem>(masking, progress);
    var named = image.lastIndexOf(':') > image.lastIndexOf('/') ? image : image + ":latest";
    var login = RegistryLogin.of(image, logins);
    var pull = engine.streams().pullImageCmd(named);
    login.map(RegistryAccess::one).ifPresent(pull::withAuthConfig);
    try {
      engine.call(() -> pull.exec(output));
      output.await(PULL_LIMIT, "the pull of " + image);
    } catch (RuntimeRefusal e) {
      throw RegistryAccess.explained(e, image, login.isPresent());
    }
  }

  int removeAll(String slug, String keepTag) throws RuntimeRefusal, IOException {
    var prefix = "deploy-app-" + slug + ":";
    int removed = 0;
    for (var image : engine.call(() -> engine.calls().listImagesCmd().exec())) {
      var tags = image.getRepoTags() == null ? new String[0] : image.getRepoTags();
      for (var tag : tags) {
        if (tag.startsWith(prefix) && !tag.equals(keepTag)) {
          engine.call(() -> engine.calls().removeImageCmd(tag).withForce(true).exec());
          removed++;
        }
      }
    }
    return removed;
  }
}
