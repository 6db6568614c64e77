package dev.slipway.agent.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Looks at the files on the top of a source tree, most telling first: Dockerfile, Procfile, Node,
 * Python, Go, Java builds, a single Java source file, static pages. It reads nothing but small text
 * files and runs nothing.
 */
public final class FrameworkDetector {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_FILE = 256 * 1024;
  private static final Pattern JAVA_MAIN = Pattern.compile("\\bvoid\\s+main\\s*\\(");
  private static final Pattern JAVA_SOURCE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*\\.java");

  /** Dependency in package.json → name, default port. First match counts. */
  private static final List<Map.Entry<String, Named>> NODE =
      List.of(
          Map.entry("next", new Named("nextjs", 3000)),
          Map.entry("nuxt", new Named("nuxt", 3000)),
          Map.entry("@sveltejs/kit", new Named("sveltekit", 3000)),
          Map.entry("astro", new Named("astro", 4321)),
          Map.entry("@remix-run/node", new Named("remix", 3000)),
          Map.entry("@nestjs/core", new Named("nestjs", 3000)),
          Map.entry("express", new Named("express", 3000)),
          Map.entry("fastify", new Named("fastify", 3000)),
          Map.entry("vite", new Named("vite", 5173)));

  private final Path tree;

  private FrameworkDetector(Path tree) {
    this.tree = tree;
  }

  private record Named(String name, int port) {}

  /** Empty when nothing known is found. */
  public static Optional<Framework> detect(Path tree) throws IOException {
    var detector = new FrameworkDetector(tree);
    return detector.has("Dockerfile")
        ? Optional.of(Framework.plain("dockerfile", "", "", 8080))
        : detector.firstMatch();
  }

  /** As {@link #detect} for a host without containers, where a Dockerfile says nothing. */
  public static Optional<Framework> detectForProcess(Path tree) throws IOException {
    return new FrameworkDetector(tree).firstMatch();
  }

  private Optional<Framework> firstMatch() throws IOException {
    List<Rule> rules =
        List.of(
            this::procfile,
            this::node,
            this::python,
            this::go,
            this::maven,
            this::gradle,
            this::singleJavaFile,
            this::pages);
    for (var rule : rules) {
      var found = rule.look();
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private interface Rule {
    Optional<Framework> look() throws IOException;
  }

  private Optional<Framework> procfile() throws IOException {
    return text("Procfile")
        .lines()
        .filter(line -> line.startsWith("web:"))
        .map(line -> line.substring("web:".length()).strip())
        .filter(command -> !command.isEmpty())
        .findFirst()
        .map(command -> Framework.plain("procfile", "", command, 8080));
  }

  private Optional<Framework> node() throws IOException {
    if (!has("package.json")) {
      return Optional.empty();
    }
    var manifest = manifest();
    var named =
        NODE.stream()
            .filter(e -> declares(manifest, e.getKey()))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse(new Named("node", 3000));
    var manager = nodeManager();
    var scripts = manifest.path("scripts");
    var build = scripts.has("build") ? manager + " run build" : "";
    var main = manifest.path("main").asText("");
    var start = "";
    if (scripts.has("start")) {
      start = manager + " run start";
    } else if (has("server.js")) {
      start = "node server.js";
    } else if (main.matches("[A-Za-z0-9_./-]+") && !main.startsWith("-")) {
      start = "node " + main;
    } else if (has("index.js")) {
      start = "node index.js";
    }
    return Optional.of(Framework.node(named.name(), build, start, named.port(), manager));
  }

  private JsonNode manifest() throws IOException {
    try {
      return JSON.readTree(text("package.json"));
    } catch (JsonProcessingException e) {
      // A broken manifest is the app's own fault and shows when its build runs.
      return JsonNodeFactory.instance.objectNode();
    }
  }

  private static boolean declares(JsonNode manifest, String dependency) {
    return manifest.path("dependencies").has(dependency)
        || manifest.path("devDependencies").has(dependency);
  }

  private String nodeManager() {
    if (has("pnpm-lock.yaml")) {
      return "pnpm";
    }
    if (has("yarn.lock")) {
      return "yarn";
    }
    return has("bun.lockb") || has("bun.lock") ? "bun" : "npm";
  }

  private Optional<Framework> python() throws IOException {
    var declared = text("requirements.txt") + text("pyproject.toml") + text("Pipfile");
    boolean django = has("manage.py");
    if (declared.isEmpty() && !django && !has("app.py") && !has("main.py")) {
      return Optional.empty();
    }
    var lower = declared.toLowerCase(Locale.ROOT);
    var manager = pythonManager();
    var module = has("main.py") ? "main" : "app";
    if (django) {
      return Optional.of(
          Framework.python(
              "django", "", "python3 manage.py runserver 0.0.0.0:$PORT", 8000, manager));
    }
    if (lower.contains("fastapi")) {
      var start = "python3 -m uvicorn " + module + ":app --host 0.0.0.0 --port $PORT";
      return Optional.of(Framework.python("fastapi", "", start, 8000, manager));
    }
    if (lower.contains("flask")) {
      var start = "python3 -m flask --app " + module + " run --host 0.0.0.0 --port $PORT";
      return Optional.of(Framework.python("flask", "", start, 5000, manager));
    }
    return Optional.of(Framework.python("python", "", "python3 " + module + ".py", 8000, manager));
  }

  private String pythonManager() {
    if (has("uv.lock")) {
      return "uv";
    }
    if (has("poetry.lock")) {
      return "poetry";
    }
    if (has("pdm.lock")) {
      return "pdm";
    }
    return has("Pipfile") ? "pipenv" : "pip";
  }

  private Optional<Framework> go() throws IOException {
    if (!has("go.mod")) {
      return Optional.empty();
    }
    var module = text("go.mod");
    var name =
        module.contains("gin-gonic/gin")
            ? "gin"
            : module.contains("labstack/echo")
                ? "echo"
                : module.contains("gofiber/fiber") ? "fiber" : "go";
    return Optional.of(Framework.plain(name, "go build -o app .", "./app", 8080));
  }

  private Optional<Framework> maven() throws IOException {
    if (!has("pom.xml")) {
      return Optional.empty();
    }
    var maven = has("mvnw") ? "./mvnw" : "mvn";
    return Optional.of(
        Framework.plain(
            jvmName(text("pom.xml"), "maven"),
            maven + " -B -DskipTests package",
            "java -jar target/*.jar",
            8080));
  }

  private Optional<Framework> gradle() throws IOException {
    if (!has("build.gradle") && !has("build.gradle.kts")) {
      return Optional.empty();
    }
    var gradle = has("gradlew") ? "./gradlew" : "gradle";
    return Optional.of(
        Framework.plain(
            jvmName(text("build.gradle") + text("build.gradle.kts"), "gradle"),
            gradle + " build -x test",
            "java -jar build/libs/*.jar",
            8080));
  }

  private static String jvmName(String build, String fallback) {
    if (build.contains("org.springframework.boot")) {
      return "spring-boot";
    }
    if (build.contains("io.quarkus")) {
      return "quarkus";
    }
    return build.contains("io.micronaut") ? "micronaut" : fallback;
  }

  /** {@code Main.java}, else the one source file on the top that has a main method. */
  private Optional<Framework> singleJavaFile() throws IOException {
    var candidates = new ArrayList<String>();
    try (var files = Files.newDirectoryStream(tree, "*.java")) {
      for (var file : files) {
        var name = file.getFileName().toString();
        if (JAVA_SOURCE.matcher(name).matches() && JAVA_MAIN.matcher(text(name)).find()) {
          candidates.add(name);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    var chosen = candidates.contains("Main.java") ? "Main.java" : null;
    if (chosen == null && candidates.size() == 1) {
      chosen = candidates.getFirst();
    }
    return Optional.ofNullable(chosen)
        .map(name -> Framework.plain("java", "", "java " + name, 8080));
  }

  private Optional<Framework> pages() {
    if (!has("index.html")) {
      return Optional.empty();
    }
    var start = "jwebserver -b 127.0.0.1 -p \"$PORT\" -d \"$PWD\"";
    return Optional.of(Framework.plain("static", "", start, 80));
  }

  private boolean has(String name) {
    return Files.isRegularFile(tree.resolve(name), LinkOption.NOFOLLOW_LINKS);
  }

  /** Empty for a file that is missing or too big to be what its name says. */
  private String text(String name) throws IOException {
    var file = tree.resolve(name);
    if (!has(name) || Files.size(file) > MAX_FILE) {
      return "";
    }
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }
}
