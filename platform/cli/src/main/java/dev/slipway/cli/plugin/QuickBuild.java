package dev.slipway.cli.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * Makes a plugin's jar anew after a change of its code or its resources, in a fraction of the time
 * that Maven takes. It is only there where it was seen to make the very classes that Maven has
 * made, and refuses each change that the bundle's manifest or component descriptions depend on.
 */
final class QuickBuild {
  private static final String JAVA = "src/main/java";
  private static final String RESOURCES = "src/main/resources";

  private final Path project;
  private final MemoryClasses compiler;
  private final Shape shape;
  private final Map<String, byte[]> resources;

  /** How it went. */
  enum Outcome {
    BUILT,
    /** The sources have a fault; {@link #said} tells. */
    FAULTY,
    /** Only a full build makes a right jar of it. */
    REFUSED
  }

  private Map<String, byte[]> entries;
  private String said = "";

  private QuickBuild(
      Path project,
      MemoryClasses compiler,
      Map<String, byte[]> entries,
      Map<String, byte[]> resources) {
    this.project = project;
    this.compiler = compiler;
    this.entries = entries;
    this.resources = resources;
    shape = Shape.of(classes(entries));
  }

  /**
   * After a full build.
   *
   * @param jar that Maven has made of the project
   * @param classPath that it was compiled with
   * @return empty where this can not be done quicker
   */
  static Optional<QuickBuild> after(Path project, Path jar, List<Path> classPath) {
    var compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      return Optional.empty();
    }
    try {
      var entries = entries(jar);
      var resources = contents(project.resolve(RESOURCES));
      if (!isIn(resources, entries)) {
        return Optional.empty();
      }
      var sources = Sources.ending(project.resolve(JAVA), ".java");
      return MemoryClasses.likeThese(compiler, classPath, sources, classes(entries))
          .map(way -> new QuickBuild(project, way, entries, resources));
    } catch (IOException | IllegalArgumentException unreadable) {
      return Optional.empty();
    }
  }

  /** Takes the project as it is now. */
  Outcome build(Set<Path> changed) throws IOException {
    var roots = Stream.of(JAVA, RESOURCES).map(project::resolve).toList();
    var elsewhere = changed.stream().anyMatch(file -> roots.stream().noneMatch(file::startsWith));
    var now = contents(project.resolve(RESOURCES));
    if (elsewhere || !now.keySet().containsAll(resources.keySet())) {
      return Outcome.REFUSED;
    }
    var made = compiler.compile(Sources.ending(project.resolve(JAVA), ".java"));
    said = made.said();
    if (!made.fine()) {
      return Outcome.FAULTY;
    }
    if (!shape.fits(Shape.of(made.classes()))) {
      return Outcome.REFUSED;
    }
    var next = new LinkedHashMap<>(entries);
    next.keySet().removeIf(name -> name.endsWith(".class"));
    next.putAll(now);
    next.putAll(made.classes());
    entries = next;
    return Outcome.BUILT;
  }

  /** What the compiler has said last. */
  String said() {
    return said;
  }

  /** What the jar consists of besides its manifest. */
  Map<String, byte[]> entries() {
    return entries;
  }

  /** The entries of a jar besides its manifest, in their order. */
  static Map<String, byte[]> entries(Path jar) throws IOException {
    var entries = new LinkedHashMap<String, byte[]>();
    try (var in = new JarFile(jar.toFile())) {
      for (var entry : in.stream().toList()) {
        if (!entry.isDirectory() && !entry.getName().equals(JarFile.MANIFEST_NAME)) {
          entries.put(entry.getName(), in.getInputStream(entry).readAllBytes());
        }
      }
    }
    return entries;
  }

  private static Map<String, byte[]> classes(Map<String, byte[]> entries) {
    var classes = new TreeMap<>(entries);
    classes.keySet().removeIf(name -> !name.endsWith(".class"));
    return classes;
  }

  private static Map<String, byte[]> contents(Path folder) throws IOException {
    var contents = new TreeMap<String, byte[]>();
    for (var file : Sources.below(folder).entrySet()) {
      contents.put(file.getKey(), Files.readAllBytes(file.getValue()));
    }
    return contents;
  }

  /** Whether the resources stand in the jar as they are, and were not filtered. */
  private static boolean isIn(Map<String, byte[]> resources, Map<String, byte[]> entries) {
    return resources.entrySet().stream()
        .allMatch(it -> Arrays.equals(it.getValue(), entries.get(it.getKey())));
  }
}
