package dev.slipway.agent.runtime.process;

import dev.slipway.agent.os.AtomicFile;
import dev.slipway.agent.os.FileTree;
import dev.slipway.agent.runtime.AppNames;
import dev.slipway.agent.runtime.DeployOrder;
import dev.slipway.agent.runtime.RuntimeRefusal;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Folders that outlive the instances that use them, one for each volume. Nothing can be mounted for
 * a plain process: its tree gets a link to the folder, and a variable may tell the folder's path.
 */
final class VolumeFolders {
  private static final FileTree.Bounds BOUNDS = new FileTree.Bounds(2_000_000, 32L << 30);

  private static final String DRAFT = ".draft-";

  private final Path folder;

  VolumeFolders(Path folder) throws IOException {
    this.folder = AtomicFile.folder(folder);
    try (var drafts = Files.newDirectoryStream(folder, DRAFT + "*")) {
      for (var draft : drafts) {
        FileTree.delete(draft);
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  /**
   * Links volumes into an app's tree, and makes those that are not there yet.
   *
   * @return variables that tell where they are
   */
  Map<String, String> link(List<DeployOrder.Volume> volumes, Path app)
      throws RuntimeRefusal, IOException {
    var variables = new LinkedHashMap<String, String>();
    for (var volume : volumes) {
      var place = placeIn(app, volume.container());
      var kept = kept(volume.host());
      fill(kept, place);
      Files.createSymbolicLink(place, kept);
      if (!volume.variable().isEmpty()) {
        variables.put(volume.variable(), kept.toString());
      }
    }
    return variables;
  }

  private Path kept(String name) throws RuntimeRefusal {
    if (!AppNames.isVolume(name)) {
      throw new RuntimeRefusal("the process runtime has no folders of the host, only volumes");
    }
    return folder.resolve(name);
  }

  /** Where a mount path leads in an app's tree; none of the folders above it may be a link. */
  private static Path placeIn(Path app, String mountPath) throws RuntimeRefusal, IOException {
    var steps = AppNames.inApp(mountPath);
    if (steps.isEmpty()) {
      throw new RuntimeRefusal("a volume has no mount path inside the app");
    }
    var place = app;
    for (var step : steps.subList(0, steps.size() - 1)) {
      place = place.resolve(step);
      if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
        Files.createDirectory(place);
      } else if (!Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
        throw new RuntimeRefusal("the app has no folder where " + mountPath + " is to be");
      }
    }
    return place.resolve(steps.getLast());
  }

  /** As an engine does: a new volume begins with what the image has there, an old one hides it. */
  private void fill(Path kept, Path place) throws RuntimeRefusal, IOException {
    if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)
        && !Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
      throw new RuntimeRefusal("the app has a file where a volume is to be");
    }
    if (!Files.exists(kept)) {
      var draft = folder.resolve(DRAFT + UUID.randomUUID());
      if (Files.exists(place)) {
        FileTree.copy(place, draft, true, BOUNDS);
      } else {
        AtomicFile.folder(draft);
      }
      Files.move(draft, kept);
    }
    FileTree.delete(place);
  }

  /** False when there was none. */
  boolean remove(String name) throws RuntimeRefusal, IOException {
    if (!AppNames.isVolume(name) || !Files.exists(folder.resolve(name))) {
      return false;
    }
    FileTree.delete(folder.resolve(name));
    return true;
  }
}
