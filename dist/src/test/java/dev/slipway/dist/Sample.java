package dev.slipway.dist;

import dev.slipway.agent.host.Compiled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Folders to deploy, made from the bundled example. */
final class Sample {
  /** Of what is compiled with the folder: neither a build nor a start takes a compiler. */
  private static final String START =
      "exec java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx64m -cp out Main";

  private final Path folder;
  private final Map<String, String> settings = new LinkedHashMap<>();

  private Sample(Path folder, String app) {
    this.folder = folder;
    settings.put("name", app);
    settings.put("start_command", START);
    settings.put("health_check_path", "/health");
  }

  /** A folder below the node's own. */
  static Sample of(Node node, String app) throws IOException {
    var sample = new Sample(Files.createDirectories(node.folder().resolve("sources/" + app)), app);
    return sample.version("1");
  }

  Sample version(String version) throws IOException {
    var source = Files.readString(Program.HOME.resolve("examples/hello/Main.java"));
    var marked = source.replace("VERSION = \"1\"", "VERSION = \"" + version + "\"");
    // What it finds in its environment, as a program may print it by mistake.
    var talkative =
        marked.replace(
            "server.start();",
            "server.start();\n    System.out.println(\"token \" + System.getenv(\"TOKEN\"));");
    Files.writeString(folder.resolve("Main.java"), talkative);
    return this;
  }

  /** A version that is healthy, and fails whoever asks for its page. */
  Sample failing() throws IOException {
    var main = folder.resolve("Main.java");
    var source = Files.readString(main);
    Files.writeString(
        main,
        source.replace(
            "path.equals(\"/\") || path.equals(\"/health\") ? 200 : 404",
            "path.equals(\"/health\") ? 200 : 500"));
    return this;
  }

  /** With one more file. */
  Sample with(String file, String content) throws IOException {
    Files.writeString(folder.resolve(file), content + "\n");
    return this;
  }

  /** What its build does, in its folder. */
  Sample build(String command) {
    settings.put("build_command", command);
    return this;
  }

  /** What is done before the app is started, by the same shell. */
  Sample startAfter(String command) {
    settings.put("start_command", command + " && " + START);
    return this;
  }

  Path folder() throws IOException {
    var json = new StringBuilder("{\"port\": 3000");
    settings.forEach((key, value) -> json.append(",\n\"%s\": \"%s\"".formatted(key, value)));
    Files.writeString(folder.resolve("slipway.json"), json + "}\n");
    Compiled.into(folder.resolve("out"), folder.resolve("Main.java"));
    return folder;
  }
}
