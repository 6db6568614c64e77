import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** An app of the platform whose source is pushed by git: the example {@code hello}. */
final class Source {
  private static final Pattern LIVE = Pattern.compile("It is live at (\\S+)");

  /** The app's id. */
  final String app;

  private final Path folder;
  private final String remote;
  private final String original;

  /**
   * A new app, in a platform that somebody has logged in to.
   *
   * @param settings members of the app, as JSON without braces
   */
  Source(Target target, Path home, Path folder, String name, String settings) throws Exception {
    this.folder = Files.createDirectories(folder);
    try (var files = Files.list(home.resolve("examples/hello"))) {
      for (var file : files.toList()) {
        var copy = folder.resolve(file.getFileName());
        Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
      }
    }
    original = Files.readString(folder.resolve("Main.java"));
    var body = "{\"name\":\"" + name + "\",\"source_type\":\"git\"," + settings + "}";
    app = Target.field(target.call("POST", "/api/apps", body), "id");
    var tokens = "/api/apps/" + app + "/deploy-tokens";
    var token = Target.field(target.call("POST", tokens, "{\"name\":\"bench\"}"), "token");
    remote = target.url.replace("://", "://git:" + token + "@") + "/git/" + app + ".git";
    git("init", "-q", "--initial-branch=main");
  }

  /** Adds a file, or replaces it. */
  void write(String file, String text) throws IOException {
    Files.writeString(folder.resolve(file), text);
  }

  /** Commits a version, whose page says its number. */
  void commit(int version) throws Exception {
    write("Main.java", original.replace("VERSION = \"1\"", "VERSION = \"" + version + "\""));
    git("add", "--all");
    git("commit", "-q", "--allow-empty", "-m", "version " + version);
  }

  /** The commit that is pushed next. */
  String head() throws Exception {
    return git("rev-parse", "HEAD").strip();
  }

  /** Pushes, and returns the address at which the version is live once git has ended. */
  String push() throws Exception {
    var said = git("push", remote, "main");
    var live = LIVE.matcher(said);
    if (!live.find()) {
      throw new IOException("no address in: " + said);
    }
    return live.group(1);
  }

  private String git(String... words) throws Exception {
    var command =
        new ArrayList<>(List.of("git", "-c", "user.name=bench", "-c", "user.email=b@example.com"));
    command.addAll(List.of(words));
    var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().put("GIT_TERMINAL_PROMPT", "0");
    builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
    builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
    var process = builder.start();
    var said = new String(process.getInputStream().readAllBytes());
    if (!process.waitFor(5, TimeUnit.MINUTES) || process.exitValue() != 0) {
      throw new IOException(String.join(" ", words) + ": " + said);
    }
    return said;
  }
}
