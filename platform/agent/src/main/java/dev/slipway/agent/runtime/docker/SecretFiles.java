package dev.slipway.agent.runtime.docker;

import dev.slipway.agent.runtime.DeployOrder;
import dev.slipway.agent.runtime.RuntimeRefusal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Puts small files into a container that has not started; they never lie on the host. */
final class SecretFiles {
  private static final int MAX_TOTAL = 1 << 20;

  private SecretFiles() {}

  static void place(DockerEngine engine, String containerId, List<DeployOrder.SecretFile> files)
      throws RuntimeRefusal, IOException {
    if (files.isEmpty()) {
      return;
    }
    var bytes = new ByteArrayOutputStream();
    try (var tar = new TarArchiveOutputStream(bytes)) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      for (var file : files) {
        add(tar, file);
        if (bytes.size() > MAX_TOTAL) {
          throw new RuntimeRefusal("secret files are larger than 1 MiB together");
        }
      }
    }
    engine.call(
        () ->
            engine
                .calls()
                .copyArchiveToContainerCmd(containerId)
                .withRemotePath("/")
                .withTarInputStream(new ByteArrayInputStream(bytes.toByteArray()))
                .exec());
  }

  private static void add(TarArchiveOutputStream tar, DeployOrder.SecretFile file)
      throws RuntimeRefusal, IOException {
    var path = Path.of(file.path()).normalize();
    if (!path.isAbsolute() || path.getNameCount() == 0) {
      throw new RuntimeRefusal("mount_path of a secret file is not absolute");
    }
    byte[] content;
    try {
      content = Base64.getDecoder().decode(file.content());
    } catch (IllegalArgumentException e) {
      throw new RuntimeRefusal("a secret file is not base64");
    }
    var entry = new TarArchiveEntry(path.toString().substring(1));
    entry.setSize(content.length);
    entry.setMode(file.mode());
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
  }
}
