package dev.slipway.cli.command;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.slipway.cli.output.CliException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.jar.JarFile;

/** What a plugin's jar says about itself. */
final class PluginJar {
  private static final int MAX_MANIFEST = 1 << 20;

  private PluginJar() {}

  /** From its plugin.json, else its bundle manifest. */
  static String id(Path jar) {
    try (var file = new JarFile(jar.toFile())) {
      var entry = file.getEntry("plugin.json");
      if (entry != null) {
        try (var in = file.getInputStream(entry)) {
          var id = new JsonMapper().readTree(in.readNBytes(MAX_MANIFEST)).path("id").asText("");
          if (!id.isEmpty()) {
            return id;
          }
        }
      }
      var manifest = file.getManifest();
      var name =
          manifest == null ? null : manifest.getMainAttributes().getValue("Bundle-SymbolicName");
      if (name != null) {
        return name.split(";", 2)[0].strip();
      }
    } catch (IOException e) {
      throw CliException.usage(jar + " is not a plugin's jar: " + e.getMessage());
    }
    throw CliException.usage(jar + " does not name its plugin; use plugin update ID FILE");
  }
}
