package dev.slipway.agent.runtime.docker;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.agent.os.AtomicFile;
import dev.slipway.agent.os.FileTree;
import dev.slipway.agent.runtime.RuntimeRefusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Compose files of the versions that were built here, as they were written: a version that is
 * started, or comes back, finds its file beside its images when its source is long gone.
 */
final class ComposeReleases {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern TAG =
      Pattern.compile("deploy-app-([a-z0-9][a-z0-9_.-]{0,63}):([A-Za-z0-9_][A-Za-z0-9_.-]{0,80})");

  private final Path folder;

  /**
   * @param text of the file
   * @param envFiles texts of the files that it names, by their paths
   */
  record Release(String text, Map<String, String> envFiles) {}

  ComposeReleases(Path folder) {
    this.folder = folder;
  }

  void save(String imageTag, Release release) throws RuntimeRefusal, IOException {
    var file = file(imageTag);
    AtomicFile.folder(file.getParent());
    AtomicFile.write(file, JSON.writeValueAsBytes(release));
  }

  Release get(String imageTag) throws RuntimeRefusal, IOException {
    var file = file(imageTag);
    if (!Files.exists(file)) {
      throw new RuntimeRefusal("this version was not built on this server: " + imageTag);
    }
    return JSON.readValue(Files.readAllBytes(file), Release.class);
  }

  private Path file(String imageTag) throws RuntimeRefusal {
    var parts = parts(imageTag);
    return folder.resolve(parts.group(1)).resolve(parts.group(2) + ".json");
  }

  private static Matcher parts(String imageTag) throws RuntimeRefusal {
    var parts = TAG.matcher(imageTag);
    if (!parts.matches()) {
      throw new RuntimeRefusal("image_tag is not deploy-app-SLUG:TAG");
    }
    return parts;
  }

  /** The app is gone. */
  void forget(String slug) throws IOException {
    FileTree.delete(folder.resolve(slug));
  }
}
