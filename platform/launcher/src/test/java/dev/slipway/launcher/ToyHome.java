package dev.slipway.launcher;

import dev.slipway.launcher.toy.ToyFeature;
import dev.slipway.launcher.toy.ToyHttp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A distribution in small: two bundles and the real logging configuration. */
record ToyHome(Path path) {

  static ToyHome make(Path path) throws IOException {
    var bundles = Files.createDirectories(path.resolve("bundles"));
    bundle(
        bundles.resolve("dev.slipway.http-0.1.0.jar"),
        "dev.slipway.http",
        ToyHttp.class,
        "org.osgi.framework,com.sun.net.httpserver",
        ToyFeature.class);
    bundle(
        bundles.resolve("dev.slipway.toy-0.1.0.jar"),
        "dev.slipway.toy",
        ToyFeature.class,
        "org.osgi.framework;version=\"[1.8,2)\","
            + "com.fasterxml.jackson.databind;version=\"[2.20,3)\"");
    var configuration = Files.createDirectories(path.resolve("conf"));
    try (var files = Files.newDirectoryStream(Path.of("..", "..", "dist", "conf"))) {
      for (var file : files) {
        Files.copy(file, configuration.resolve(file.getFileName()));
      }
    }
    return new ToyHome(path);
  }

  private static void bundle(
      Path jar, String name, Class<?> activator, String imports, Class<?>... others)
      throws IOException {
    var manifest = new Manifest();
    var main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Bundle-ManifestVersion", "2");
    main.putValue("Bundle-SymbolicName", name);
    main.putValue("Bundle-Version", "0.1.0");
    main.putValue("Bundle-Activator", activator.getName());
    main.putValue("Import-Package", imports);
    try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      write(out, activator);
      for (var other : others) {
        write(out, other);
      }
    }
  }

  private static void write(JarOutputStream out, Class<?> type) throws IOException {
    var entry = type.getName().replace('.', '/') + ".class";
    out.putNextEntry(new JarEntry(entry));
    try (var in = type.getClassLoader().getResourceAsStream(entry)) {
      in.transferTo(out);
    }
  }
}
