import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The second process, in which clients ask as fast as they are answered.
 *
 * @param classes where {@link Load} is
 */
record Clients(Path classes, int connections) {
  /** What they saw: requests per second, failed ones, and microseconds. */
  record Seen(double rate, int failed, int p50, int p99) {}

  /** Begins to ask; see {@link Requests#of}. */
  Process begin(String kind, String url, String... more) throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin/java").toString();
    var command = new ArrayList<>(List.of(java, "-XX:+UseSerialGC", "-Xmx256m", "-cp"));
    command.addAll(List.of(classes.toString(), "Load", kind, url));
    command.add(Integer.toString(connections));
    command.addAll(List.of(more));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** Ends it. */
  static Seen end(Process load) throws IOException {
    load.getOutputStream().close();
    var words = new String(load.getInputStream().readAllBytes()).strip().split(" ");
    return new Seen(
        Double.parseDouble(words[0]),
        Integer.parseInt(words[1]),
        Integer.parseInt(words[2]),
        Integer.parseInt(words[3]));
  }
}
