package dev.slipway.deployments.service;

import dev.slipway.api.platform.Json;
import dev.slipway.deployments.DeploymentsError;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes a Dockerfile for the few kinds of apps whose recipe is obvious. */
final class Dockerfiles {
  private static final Pattern MAJOR =
      Pattern.compile("\\D{0,4}(\\d{1,3})(\\.\\d{1,3})?.*", Pattern.DOTALL);
  private static final Set<String> GO = Set.of("go", "gin", "echo", "fiber", "net/http");
  private static final Set<String> PYTHON = Set.of("python", "django", "fastapi", "flask");

  private final Json json;
  private final Recipe recipe;
  private final Set<String> arguments;

  /**
   * For one app.
   *
   * @param arguments names of variables that the build may see
   */
  Dockerfiles(Json json, Recipe recipe, Set<String> arguments) {
    this.json = json;
    this.recipe = recipe;
    this.arguments = new TreeSet<>(arguments);
  }

  /** What an agent says it has found in a source tree; foreign text, checked before it is used. */
  record Detection(
      String name,
      @Nullable String buildCommand,
      @Nullable String startCommand,
      @Nullable String packageManager,
      @Nullable String nodeVersion,
      @Nullable String pythonVersion,
      @Nullable String javaVersion) {}

  /** The content; null where the tree has a Dockerfile of its own. */
  @Nullable String of(String detected) {
    var found = read(detected);
    var name = Objects.requireNonNullElse(found.name(), "").toLowerCase(Locale.ROOT);
    if (name.equals("dockerfile")) {
      return null;
    }
    var build = Objects.requireNonNullElse(found.buildCommand(), "");
    if (name.equals("static")) {
      return pages();
    }
    if (GO.contains(name)) {
      return go();
    }
    if (PYTHON.contains(name)) {
      return tree("python:" + version(found.pythonVersion(), "3.13") + "-slim", PIP, build, found);
    }
    if (found.packageManager() != null) {
      return node(found, build);
    }
    var java = version(found.javaVersion(), "25");
    if (name.equals("java")) {
      return tree("eclipse-temurin:" + java + "-jdk", "", build, found);
    }
    if (build.contains("mvn")) {
      return tree("maven:3-eclipse-temurin-" + java, "", build, found);
    }
    if (build.contains("gradle")) {
      return tree("gradle:jdk" + java, "", build, found);
    }
    throw DeploymentsError.NO_RECIPE.of(
        name.matches("[a-z0-9 ./_-]{1,40}") ? name : "something else");
  }

  private Detection read(String detected) {
    try {
      var found = json.read(detected, Detection.class);
      if (found != null) {
        return found;
      }
    } catch (IllegalArgumentException notJson) {
      // Refused below, like a null.
    }
    throw DeploymentsError.NO_RECIPE.of("an answer that makes no sense");
  }

  private static final String PIP =
      "if [ -f requirements.txt ]; then pip install --no-cache-dir -r requirements.txt;"
          + " elif [ -f pyproject.toml ]; then pip install --no-cache-dir .; fi";

  private String node(Detection found, String build) {
    var version = version(found.nodeVersion(), "22");
    return switch (Objects.requireNonNull(found.packageManager())) {
      case "npm" -> tree("node:" + version + "-slim", "npm install", build, found);
      case "yarn" ->
          tree("node:" + version + "-slim", "corepack enable && yarn install", build, found);
      case "pnpm" ->
          tree("node:" + version + "-slim", "corepack enable && pnpm install", build, found);
      case "bun" -> tree("oven/bun:1", "bun install", build, found);
      default -> throw DeploymentsError.NO_RECIPE.of("an unknown package manager");
    };
  }

  private String tree(String base, String install, String build, Detection found) {
    var start =
        Objects.requireNonNullElse(
            recipe.startCommand(), Objects.requireNonNullElse(found.startCommand(), ""));
    if (start.isBlank()) {
      throw DeploymentsError.NO_START_COMMAND.of();
    }
    return head(base)
        + run(Objects.requireNonNullElse(recipe.installCommand(), install))
        + run(Objects.requireNonNullElse(recipe.buildCommand(), build))
        + "CMD "
        + shell(start)
        + "\n";
  }

  private String go() {
    return head("golang:1").replace("FROM golang:1\n", "FROM golang:1 AS build\n")
        + run("CGO_ENABLED=0 go build -o /out/app .")
        + "FROM alpine:3\nWORKDIR /app\nCOPY --from=build /src /app\n"
        + "COPY --from=build /out/app /usr/local/bin/app\nCMD [\"/usr/local/bin/app\"]\n";
  }

  private static String pages() {
    return "FROM busybox:1\nCOPY . /site\n"
        + "CMD [\"/bin/sh\", \"-c\", \"exec httpd -f -p ${PORT:-80} -h /site\"]\n";
  }

  private String head(String base) {
    var head = new StringBuilder("FROM ").append(base).append("\nWORKDIR /src\n");
    arguments.forEach(name -> head.append("ARG ").append(name).append('\n'));
    return head.append("COPY . .\n").toString();
  }

  private String run(String command) {
    return command.isBlank() ? "" : "RUN " + shell(command) + "\n";
  }

  /** In JSON no command can become an instruction of its own. */
  private String shell(String command) {
    return json.write(List.of("/bin/sh", "-c", command));
  }

  private static String version(@Nullable String stated, String otherwise) {
    var form = MAJOR.matcher(Objects.requireNonNullElse(stated, ""));
    return form.matches()
        ? form.group(1) + Objects.requireNonNullElse(form.group(2), "")
        : otherwise;
  }
}
