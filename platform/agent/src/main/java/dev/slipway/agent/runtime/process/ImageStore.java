package dev.slipway.agent.runtime.process;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.agent.logs.Masking;
import dev.slipway.agent.os.AtomicFile;
import dev.slipway.agent.os.CleanEnvironment;
import dev.slipway.agent.os.FileTree;
import dev.slipway.agent.os.Leftover;
import dev.slipway.agent.os.LineSink;
import dev.slipway.agent.runtime.AppNames;
import dev.slipway.agent.runtime.BuildOrder;
import dev.slipway.agent.runtime.RuntimeRefusal;
import dev.slipway.agent.source.FrameworkDetector;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Images of the process runtime: one folder for each tag with the built tree and a record. A build
 * works in a draft beside them and is moved into place when it succeeded, so an image is whole or
 * absent.
 */
final class ImageStore {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final FileTree.Bounds SOURCE_BOUNDS = new FileTree.Bounds(200_000, 4L << 30);
  private static final FileTree.Bounds IMAGE_BOUNDS = new FileTree.Bounds(2_000_000, 32L << 30);
  private static final Duration BUILD_LIMIT = Duration.ofMinutes(30);
  private static final String RECORD = "image.json";
  private static final String TREE = "app";

  private final Path folder;
  private final Path homes;

  /**
   * @param folder of the images
   * @param homes a home for each app's builds, where package managers keep their caches
   */
  ImageStore(Path folder, Path homes) throws IOException {
    this.folder = AtomicFile.folder(folder);
    this.homes = AtomicFile.folder(homes);
    Leftover.endWorkers(homes);
    for (var leftover : entries(".*")) {
      Leftover.remove(leftover);
    }
  }

  /** What is kept beside the tree. */
  record Image(String tag, String slug, String createdAt) {}

  void build(BuildOrder order, LineSink progress)
      throws RuntimeRefusal, IOException, InterruptedException {
    var draft = folder.resolve(".draft-" + UUID.randomUUID());
    try {
      AtomicFile.folder(draft);
      FileTree.copy(order.source(), draft.resolve(TREE), false, SOURCE_BOUNDS);
      var home = home(order.slug());
      var commands = commands(order, draft.resolve(TREE), progress);
      step("install", commands.installCommand(), draft, home, order, progress);
      step("build", commands.buildCommand(), draft, home, order, progress);
      var slug = order.slug().isEmpty() ? AppNames.slugOf(order.imageTag()) : order.slug();
      AtomicFile.write(
          draft.resolve(RECORD),
          JSON.writeValueAsBytes(new Image(order.imageTag(), slug, Instant.now().toString())));
      publish(draft, place(order.imageTag()));
    } finally {
      FileTree.delete(draft);
    }
  }

  /** The app's own; where it says nothing, those of the kind of app that it is. */
  private static BuildOrder.Process commands(BuildOrder order, Path tree, LineSink progress)
      throws IOException, InterruptedException {
    var own = order.process();
    if (!own.installCommand().isBlank() || !own.buildCommand().isBlank()) {
      return own;
    }
    var found = FrameworkDetector.detectForProcess(tree);
    if (found.isEmpty()) {
      return own;
    }
    var kind = found.get();
    progress.line("found an app of the kind " + kind.name());
    return new BuildOrder.Process(kind.installOnHost(), kind.buildCommand());
  }

  private void step(
      String name, String command, Path draft, Path home, BuildOrder order, LineSink progress)
      throws RuntimeRefusal, IOException, InterruptedException {
    if (!command.isBlank()) {
      var masking = Masking.of(order.environment().values());
      progress.line("$ " + masking.apply(command));
      new ShellCommand(command, draft.resolve(TREE), BUILD_LIMIT, masking)
          .run(name + " command", CleanEnvironment.of(home, order.environment()), progress);
    }
  }

  private Path home(String slug) throws IOException {
    return AtomicFile.folder(homes.resolve(slug.isEmpty() ? "unnamed" : safe(slug)));
  }

  private synchronized void publish(Path draft, Path place) throws IOException {
    var old = folder.resolve(".old-" + UUID.randomUUID());
    if (Files.exists(place)) {
      Files.move(place, old);
    }
    Files.move(draft, place);
    FileTree.delete(old);
  }

  /** Copies the image's tree to a place of its own, which must not exist. */
  synchronized void unpack(String tag, Path target) throws RuntimeRefusal, IOException {
    var tree = place(tag).resolve(TREE);
    if (!Files.isDirectory(tree)) {
      throw new RuntimeRefusal(
          "image " + tag + " is not on this server: the process runtime runs only what it built");
    }
    FileTree.copy(tree, target, true, IMAGE_BOUNDS);
  }

  /** Deletes all images of an app but one; returns how many went. */
  synchronized int removeAll(String slug, String keepTag) throws IOException {
    int removed = 0;
    for (var entry : entries("[!.]*")) {
      var image = read(entry);
      if (image.isPresent()
          && image.get().slug().equals(slug)
          && !image.get().tag().equals(keepTag)) {
        FileTree.delete(entry);
        removed++;
      }
    }
    return removed;
  }

  private Optional<Image> read(Path entry) throws IOException {
    var record = entry.resolve(RECORD);
    return Files.exists(record)
        ? Optional.of(JSON.readValue(Files.readAllBytes(record), Image.class))
        : Optional.empty();
  }

  private List<Path> entries(String glob) throws IOException {
    var found = new ArrayList<Path>();
    try (var entries = Files.newDirectoryStream(folder, glob)) {
      entries.forEach(found::add);
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return found;
  }

  private Path place(String tag) {
    return folder.resolve(safe(tag));
  }

  /** Readable, usable as a file name, and different for different texts. */
  private static String safe(String text) {
    try {
      var digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      var readable = text.replaceAll("[^A-Za-z0-9_-]", "_");
      return readable.substring(0, Math.min(readable.length(), 100))
          + "-"
          + HexFormat.of().formatHex(digest, 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
