package dev.slipway.dist;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/** Jars of plugins as tests need them. */
final class PluginJars {
  private PluginJars() {}

  /** The same plugin as its vendor's next version. */
  static Path reversioned(Path jar, String version, Path folder) throws IOException {
    var target = folder.resolve("next-" + jar.getFileName());
    try (var from = new JarFile(jar.toFile())) {
      var manifest = from.getManifest();
      var before = manifest.getMainAttributes().getValue("Bundle-Version");
      manifest.getMainAttributes().putValue("Bundle-Version", version);
      try (var to = new JarOutputStream(Files.newOutputStream(target), manifest)) {
        for (var entry :
            from.stream().filter(e -> !e.getName().equals(JarFile.MANIFEST_NAME)).toList()) {
          var content = from.getInputStream(entry).readAllBytes();
          if (entry.getName().equals("plugin.json")) {
            var text = new String(content, StandardCharsets.UTF_8);
            content =
                text.replace('"' + before + '"', '"' + version + '"')
                    .getBytes(StandardCharsets.UTF_8);
          }
          to.putNextEntry(new JarEntry(entry.getName()));
          to.write(content);
          to.closeEntry();
        }
      }
    }
    return target;
  }
}
