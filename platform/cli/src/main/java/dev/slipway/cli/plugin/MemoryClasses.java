package dev.slipway.cli.plugin;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;

/** Compiles Java in this process, into memory. */
final class MemoryClasses {
  private final JavaCompiler compiler;
  private final List<Path> classPath;
  private final List<String> options;

  /** What came of it: class files by their names in a jar, or what the compiler has said. */
  record Compiled(boolean fine, Map<String, byte[]> classes, String said) {}

  /**
   * A way to compile.
   *
   * @param options besides the class path
   */
  MemoryClasses(JavaCompiler compiler, List<Path> classPath, List<String> options) {
    this.compiler = compiler;
    this.classPath = List.copyOf(classPath);
    this.options = List.copyOf(options);
  }

  Compiled compile(Collection<Path> sources) throws IOException {
    var said = new StringWriter();
    try (var standard = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      standard.setLocationFromPaths(javax.tools.StandardLocation.CLASS_PATH, classPath);
      var files = new Memory(standard);
      var units = standard.getJavaFileObjectsFromPaths(sources);
      var fine = compiler.getTask(said, files, null, options, null, units).call();
      return new Compiled(fine, files.classes(), said.toString());
    }
  }

  private static final class Memory extends ForwardingJavaFileManager<StandardJavaFileManager> {
    private final Map<String, ByteArrayOutputStream> written = new HashMap<>();

    Memory(StandardJavaFileManager standard) {
      super(standard);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        JavaFileManager.Location location,
        String name,
        JavaFileObject.Kind kind,
        FileObject sibling) {
      var path = name.replace('.', '/') + kind.extension;
      return new SimpleJavaFileObject(URI.create("memory:/" + path), kind) {
        @Override
        public OutputStream openOutputStream() {
          var bytes = new ByteArrayOutputStream();
          written.put(path, bytes);
          return bytes;
        }
      };
    }

    Map<String, byte[]> classes() {
      var classes = new TreeMap<String, byte[]>();
      written.forEach((path, bytes) -> classes.put(path, bytes.toByteArray()));
      return classes;
    }
  }

  /** The options under which the compiler makes these very classes, where there are such. */
  static java.util.Optional<MemoryClasses> likeThese(
      JavaCompiler compiler,
      List<Path> classPath,
      Collection<Path> sources,
      Map<String, byte[]> classes)
      throws IOException {
    var release = classes.values().stream().findFirst().map(MemoryClasses::release);
    if (release.isEmpty()) {
      return java.util.Optional.empty();
    }
    for (var more : List.of(List.of("-parameters"), List.<String>of())) {
      var options = new ArrayList<>(List.of("-g", "-proc:none", "-nowarn", "--release"));
      options.add(release.get());
      options.addAll(more);
      var way = new MemoryClasses(compiler, classPath, options);
      var made = way.compile(sources);
      if (made.fine() && same(made.classes(), classes)) {
        return java.util.Optional.of(way);
      }
    }
    return java.util.Optional.empty();
  }

  /** The Java version that a class file is for. */
  private static String release(byte[] file) {
    var major = (file[6] & 0xff) << 8 | file[7] & 0xff;
    return Integer.toString(major - 44);
  }

  private static boolean same(Map<String, byte[]> one, Map<String, byte[]> other) {
    return one.keySet().equals(other.keySet())
        && one.keySet().stream()
            .allMatch(name -> java.util.Arrays.equals(one.get(name), other.get(name)));
  }
}
