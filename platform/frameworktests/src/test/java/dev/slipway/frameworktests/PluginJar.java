package dev.slipway.frameworktests;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;

/** A third party's plugin, packed by hand so that anything can be wrong with it. */
final class PluginJar {
  private static final String IMPORTS =
      "dev.slipway.api;version=\"[1.0,2)\",dev.slipway.api.rest;version=\"[1.0,2)\","
          + "dev.slipway.api.spi;version=\"[1.0,2)\",dev.slipway.api.event;version=\"[1.0,2)\","
          + "jakarta.ws.rs;version=\"[4.0,5)\"";

  private final String id;
  private String version = "1.0.0";
  private String api = "[1.0,2)";
  private final Map<String, String> headers = new LinkedHashMap<>();
  private final Map<String, byte[]> entries = new LinkedHashMap<>();
  private final Map<String, String> members = new LinkedHashMap<>();
  private final StringBuilder components = new StringBuilder();

  PluginJar(String id) {
    this.id = id;
    headers.put("Import-Package", IMPORTS);
  }

  PluginJar version(String text) {
    version = text;
    return this;
  }

  PluginJar api(String range) {
    api = range;
    return this;
  }

  PluginJar header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  PluginJar imports(String more) {
    return header("Import-Package", IMPORTS + "," + more);
  }

  /** A further member of plugin.json. */
  PluginJar member(String name, String json) {
    members.put(name, json);
    return this;
  }

  PluginJar entry(String name, String text) {
    entries.put(name, text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  PluginJar type(Class<?> type) {
    var name = type.getName().replace('.', '/') + ".class";
    try (var in = type.getClassLoader().getResourceAsStream(name)) {
      entries.put(name, Objects.requireNonNull(in).readAllBytes());
      return this;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** A class inside another one. */
  PluginJar nested(Class<?> outer, String name) {
    for (var inner : outer.getDeclaredClasses()) {
      if (inner.getSimpleName().equals(name)) {
        return type(inner);
      }
    }
    throw new IllegalArgumentException(outer + " has no " + name);
  }

  /** A component without references that offers itself as these services. */
  PluginJar component(Class<?> type, Class<?>... services) {
    return component(type, List.of(services), "");
  }

  PluginJar component(Class<?> type, Class<?> service, String reference) {
    return component(type, List.of(service), reference);
  }

  private PluginJar component(Class<?> type, List<Class<?>> services, String reference) {
    var provided =
        services.stream()
            .map(service -> "<provide interface=\"" + service.getName() + "\"/>")
            .collect(Collectors.joining());
    var file = "OSGI-INF/" + type.getName() + ".xml";
    var xml =
        """
        <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.4.0" name="%1$s" immediate="true">
          <service>%2$s</service>
          %3$s
          <implementation class="%1$s"/>
        </scr:component>
        """
            .formatted(type.getName(), provided, reference);
    components.append(components.isEmpty() ? "" : ",").append(file);
    header("Service-Component", components.toString());
    return entry(file, xml).type(type);
  }

  Path write(Path folder) {
    try {
      var jar = Files.createTempFile(folder, id, ".jar");
      Files.write(jar, bytes());
      return jar;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private byte[] bytes() throws IOException {
    var manifest = new Manifest();
    var main = manifest.getMainAttributes();
    main.putValue("Manifest-Version", "1.0");
    main.putValue("Bundle-ManifestVersion", "2");
    main.putValue("Bundle-SymbolicName", id);
    main.putValue("Bundle-Version", version);
    headers.forEach(main::putValue);
    var description =
        new StringBuilder(
            "{\"id\": \"%s\", \"version\": \"%s\", \"name\": \"Specimen\", \"api\": \"%s\""
                .formatted(id, version, api));
    members.forEach((name, json) -> description.append(",\"%s\": %s".formatted(name, json)));
    entry("plugin.json", description.append('}').toString());
    var bytes = new ByteArrayOutputStream();
    try (var out = new JarOutputStream(bytes, manifest)) {
      for (var entry : entries.entrySet()) {
        out.putNextEntry(new JarEntry(entry.getKey()));
        out.write(entry.getValue());
      }
    }
    return bytes.toByteArray();
  }

  /** The same plugin as another version of itself. */
  static Path reversioned(Path jar, String version, Path folder) throws IOException {
    var target = Files.createTempFile(folder, "reversioned", ".jar");
    try (var in = new JarFile(jar.toFile())) {
      var manifest = in.getManifest();
      var before = manifest.getMainAttributes().getValue("Bundle-Version");
      manifest.getMainAttributes().putValue("Bundle-Version", version);
      try (var out = new JarOutputStream(Files.newOutputStream(target), manifest)) {
        for (var entry : in.stream().toList()) {
          if (!entry.isDirectory() && !entry.getName().equals(JarFile.MANIFEST_NAME)) {
            out.putNextEntry(new JarEntry(entry.getName()));
            var bytes = in.getInputStream(entry).readAllBytes();
            if (entry.getName().equals("plugin.json")) {
              var text = new String(bytes, StandardCharsets.UTF_8);
              bytes =
                  text.replace("\"" + before + "\"", "\"" + version + "\"")
                      .getBytes(StandardCharsets.UTF_8);
            }
            out.write(bytes);
          }
        }
      }
    }
    return target;
  }
}
