package dev.slipway.agent.runtime.docker;

import com.github.dockerjava.api.command.WaitContainerResultCallback;
import com.github.dockerjava.api.exception.DockerClientException;
import dev.slipway.agent.os.LineSink;
import dev.slipway.agent.runtime.ReleaseOrder;
import dev.slipway.agent.runtime.RuntimeRefusal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Release hooks: each command in a container of its own, which is gone afterwards. */
final class ReleaseRuns {
  private static final Duration ENDING = Duration.ofSeconds(30);

  private final DockerEngine engine;
  private final ImageWork images;
  private final AppNetworks networks;
  private final Path volumeRoot;

  /**
   * @param volumeRoot the only folder of the host that may be mounted
   */
  ReleaseRuns(DockerEngine engine, ImageWork images, AppNetworks networks, Path volumeRoot) {
    this.engine = engine;
    this.images = images;
    this.networks = networks;
    this.volumeRoot = volumeRoot;
  }

  void run(ReleaseOrder order, LineSink lines)
      throws RuntimeRefusal, IOException, InterruptedException {
    if (hasNetwork(order)) {
      networks.ensure(order.placement().network());
    }
    images.pull(order.imageTag(), order.placement(), lines);
    var end = System.nanoTime() + order.limit().toNanos();
    for (var command : order.commands()) {
      lines.line(ReleaseOrder.shown(command));
      run(order, command, Duration.ofNanos(end - System.nanoTime()), lines);
    }
  }

  private static boolean hasNetwork(ReleaseOrder order) {
    return !order.placement().network().equals(ReleaseOrder.NO_NETWORK);
  }

  private void run(ReleaseOrder order, List<String> command, Duration left, LineSink lines)
      throws RuntimeRefusal, IOException, InterruptedException {
    var create = engine.calls().createContainerCmd(order.imageTag());
    ContainerPlan.once(create, order, command, volumeRoot);
    var id = engine.call(() -> create.exec().getId());
    try (var output = new FrameLines((error, line) -> lines.line(line))) {
      if (hasNetwork(order)) {
        networks.join(id, order.environment(), order.placement().network());
      }
      engine.call(() -> engine.calls().startContainerCmd(id).exec());
      engine.call(
          () ->
              engine
                  .streams()
                  .logContainerCmd(id)
                  .withStdOut(true)
                  .withStdErr(true)
                  .withFollowStream(true)
                  .exec(output));
      if (left.isNegative() || !ContainerStreams.await(output, left)) {
        throw order.tookLonger();
      }
      int code = end(id);
      if (code != 0) {
        throw ReleaseOrder.failed(code);
      }
    } finally {
      engine.call(
          () ->
              engine.calls().removeContainerCmd(id).withForce(true).withRemoveVolumes(true).exec());
    }
  }

  /** The output has ended, and with it the container. */
  private int end(String id) throws RuntimeRefusal, IOException {
    try (var ended = new WaitContainerResultCallback()) {
      engine.call(() -> engine.streams().waitContainerCmd(id).exec(ended));
      return ended.awaitStatusCode(ENDING.toSeconds(), TimeUnit.SECONDS);
    } catch (DockerClientException e) {
      throw new IOException("the engine does not tell how the command ended", e);
    }
  }
}
