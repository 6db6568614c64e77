package dev.slipway.dist;

import dev.slipway.agent.host.HostImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Base images by their public names, made of what this host has installed: no registry is asked for
 * any. One that the engine has already is taken as it is; what was made goes at the end.
 */
final class HostImages implements AutoCloseable {
  private final String engine;
  private final Path folder;
  private final List<HostImage> made = new ArrayList<>();

  HostImages(String engine, Path folder) {
    this.engine = engine;
    this.folder = folder;
  }

  /** What is in an image besides a shell. */
  interface Content {
    void into(HostImage image) throws Exception;
  }

  /** Makes an image where there is none of this name. */
  void make(String name, Content content) throws Exception {
    if (!HostImage.docker(engine, "images", "--quiet", name).isBlank()) {
      return;
    }
    var image = new HostImage(engine, name, folder.resolve(name.replace(':', '_')));
    image.link("/usr/bin/env", "../../bin/busybox");
    content.into(image);
    image.make("ENV PATH=/usr/local/bin:/usr/bin:/bin");
    made.add(image);
  }

  @Override
  public void close() throws Exception {
    for (var image : made) {
      image.close();
    }
  }
}
