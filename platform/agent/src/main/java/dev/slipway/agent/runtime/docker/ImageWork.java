package dev.slipway.agent.runtime.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.BuildResponseItem;
import com.github.dockerjava.api.model.PullResponseItem;
import com.github.dockerjava.api.model.ResponseItem;
import dev.slipway.agent.logs.Masking;
import dev.slipway.agent.os.LineSink;
import dev.slipway.agent.os.LineSplitter;
import dev.slipway.agent.runtime.AppNames;
import dev.slipway.agent.runtime.BuildOrder;
import dev.slipway.agent.runtime.RuntimeRefusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Builds, pulls and removes images. */
final class ImageWork {
  private static final Duration BUILD_LIMIT = Duration.ofMinutes(30);
  private static final Duration PULL_LIMIT = Duration.ofMinutes(15);
  private static final int LAST_LINES = 10;
  private static final String CACHE_FROM = "--cache-from=";

  private final DockerEngine engine;

  ImageWork(DockerEngine engine) {
    this.engine = engine;
  }

  void build(BuildOrder order, LineSink progress)
      throws RuntimeRefusal, IOException, InterruptedException {
    var masking = Masking.of(order.environment().values());
    var output = new BuildOutput<BuildResponseItem>(line -> progress.line(masking.apply(line)));
    try (var context = BuildContext.pack(order);
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

  void pull(String image, LineSink progress)
      throws RuntimeRefusal, IOException, InterruptedException {
    var output = new BuildOutput<PullResponseItem>(progress);
    var named = image.lastIndexOf(':') > image.lastIndexOf('/') ? image : image + ":latest";
    engine.call(() -> engine.streams().pullImageCmd(named).exec(output));
    output.await(PULL_LIMIT, "the pull of " + image);
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

  /** Progress of the engine as lines, and its verdict. */
  private static final class BuildOutput<T extends ResponseItem> extends ResultCallback.Adapter<T> {
    private final Deque<String> last = new ArrayDeque<>();
    private final LineSplitter splitter;
    private volatile @Nullable String fault;

    BuildOutput(LineSink lines) {
      splitter =
          new LineSplitter(
              line -> {
                if (!line.isBlank()) {
                  remember(line);
                  lines.line(line);
                }
              });
    }

    private synchronized void remember(String line) {
      if (last.size() == LAST_LINES) {
        last.removeFirst();
      }
      last.addLast(line);
    }

    @Override
    public void onNext(T item) {
      var detail = item.getErrorDetail();
      if (detail != null) {
        fault = detail.getMessage() == null ? "failed" : detail.getMessage();
      }
      // Layers report their bytes many times a second; only what has words of its own is a line.
      var text = item.getStream() != null ? item.getStream() : status(item);
      try {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        splitter.accept(bytes, 0, bytes.length);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private static String status(ResponseItem item) {
      return item.getStatus() == null || item.getProgressDetail() != null
          ? ""
          : item.getStatus() + "\n";
    }

    void await(Duration limit, String what)
        throws RuntimeRefusal, IOException, InterruptedException {
      try {
        if (!awaitCompletion(limit.toMillis(), TimeUnit.MILLISECONDS)) {
          throw new RuntimeRefusal(what + " took longer than " + limit.toMinutes() + " minutes");
        }
        splitter.finish();
      } catch (RuntimeException e) {
        throw new RuntimeRefusal(what + " failed: " + e.getMessage());
      } finally {
        close();
      }
      var verdict = fault;
      if (verdict != null) {
        synchronized (this) {
          throw new RuntimeRefusal(what + " failed: " + verdict + "\n" + String.join("\n", last));
        }
      }
    }
  }
}
