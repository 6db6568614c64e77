import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;

/**
 * Installs the example plugins, asks them something, updates, disables, enables and removes them,
 * over and over, and looks at what the platform's process holds before and after.
 */
final class Cycles {
  private static final String ADMIN = "/api/admin/plugins";
  private static final int PURGE_EVERY = 10;

  /** One plugin: both of its versions, and a route that it serves, empty where it has none. */
  private record Example(String id, Path first, Path second, String route) {}

  private final Target target;
  private final List<Example> examples = new ArrayList<>();
  private int done;

  Cycles(Target target, Path home, Path folder) throws IOException {
    this.target = target;
    try (var jars = Files.newDirectoryStream(home.resolve("plugins"), "*.jar")) {
      for (var jar : jars) {
        examples.add(example(jar, folder));
      }
    }
  }

  /** What the process holds; the heap after a full collection. */
  record Held(long heap, long loaders, long classes, long threads, long sockets, long files) {
    @Override
    public String toString() {
      return "heap %.1f MB, %d class loaders, %d classes, %d threads, %d sockets, %d files"
          .formatted(heap / 1e6, loaders, classes, threads, sockets, files);
    }
  }

  /** One round over one of the plugins. */
  void one() throws IOException, InterruptedException {
    var example = examples.get(done++ % examples.size());
    var own = ADMIN + "/" + example.id();
    target.upload("POST", ADMIN + "?enable=true", example.first());
    ask(example);
    target.upload("PUT", own, example.second());
    ask(example);
    target.call("POST", own + "/disable", "");
    target.call("POST", own + "/enable", "");
    ask(example);
    target.call("DELETE", own + "?purge=" + (done % PURGE_EVERY == 0), "");
  }

  private void ask(Example example) throws IOException, InterruptedException {
    target.call("GET", "/console/plugins/detail/" + example.id(), "");
    if (!example.route().isEmpty()) {
      target.call("POST", example.route(), "{\"name\":\"Ada\"}");
      target.call("GET", example.route(), "");
    }
  }

  Held held() throws IOException, InterruptedException {
    var histogram = jcmd("GC.class_histogram");
    var total =
        histogram.lines().filter(line -> line.startsWith("Total")).findFirst().orElseThrow();
    var loaders = number(jcmd("VM.classloader_stats"), "Total = (\\d+)");
    var classes = jcmd("VM.classloader_stats").lines().mapToLong(Cycles::classes).sum();
    return new Held(
        Long.parseLong(total.strip().split("\\s+")[2]),
        loaders,
        classes,
        count("task", ""),
        count("fd", "socket:"),
        count("fd", ""));
  }

  /** Saves a heap dump where somebody can look at it. */
  void dump(Path file) throws IOException, InterruptedException {
    jcmd("GC.heap_dump", file.toString());
  }

  /** Column 4 of a line of the table, that is of one that begins with an address. */
  private static long classes(String line) {
    var columns = line.strip().split("\\s+");
    return line.startsWith("0x") && columns.length > 3 ? Long.parseLong(columns[3]) : 0;
  }

  private long count(String what, String kind) throws IOException {
    try (var entries = Files.list(Path.of("/proc/" + target.pid() + "/" + what))) {
      return entries.filter(entry -> kind.isEmpty() || leadsTo(entry, kind)).count();
    }
  }

  private static boolean leadsTo(Path entry, String kind) {
    try {
      return Files.readSymbolicLink(entry).toString().startsWith(kind);
    } catch (IOException gone) {
      return false;
    }
  }

  private String jcmd(String... words) throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin/jcmd").toString());
    command.add(Long.toString(target.pid()));
    command.addAll(List.of(words));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes());
    if (process.waitFor() != 0) {
      throw new IOException(said);
    }
    return said;
  }

  private static long number(String text, String pattern) throws IOException {
    var found = Pattern.compile(pattern).matcher(text);
    if (!found.find()) {
      throw new IOException("no " + pattern + " in " + text);
    }
    return Long.parseLong(found.group(1));
  }

  private static Example example(Path jar, Path folder) throws IOException {
    var first = folder.resolve(jar.getFileName());
    Files.copy(jar, first, StandardCopyOption.REPLACE_EXISTING);
    var second = folder.resolve("next-" + jar.getFileName());
    try (var in = new JarFile(jar.toFile())) {
      var manifest = in.getManifest();
      var version = manifest.getMainAttributes().getValue("Bundle-Version");
      var id = manifest.getMainAttributes().getValue("Bundle-SymbolicName");
      manifest.getMainAttributes().putValue("Bundle-Version", "0.2.0");
      try (var out = new JarOutputStream(Files.newOutputStream(second), manifest)) {
        for (var entry : in.stream().toList()) {
          if (!entry.isDirectory() && !entry.getName().equals(JarFile.MANIFEST_NAME)) {
            var content = in.getInputStream(entry).readAllBytes();
            out.putNextEntry(new JarEntry(entry.getName()));
            out.write(
                entry.getName().equals("plugin.json")
                    ? new String(content).replace(version, "0.2.0").getBytes()
                    : content);
          }
        }
      }
      var route = id.endsWith("greeting") ? "/api/plugins/" + id + "/greetings" : "";
      return new Example(id, first, second, route);
    }
  }
}
