package dev.slipway.deployments.service.order;

import dev.slipway.api.platform.Json;
import dev.slipway.deployments.DeploymentsError;
import dev.slipway.deployments.service.Recipe;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes a Dockerfile for the usual kinds of apps; where the app's settings say how, they count. */
public final class Dockerfiles {
  private static final Pattern MAJOR =
      Pattern.compile("\\D{0,4}(\\d{1,3})(\\.\\d{1,3})?.*", Pattern.DOTALL);
  private static final Set<String> GO = Set.of("go", "gin", "echo", "fiber", "net/http");
  private static final Set<String> PYTHON = Set.of("python", "django", "fastapi", "flask");
  private static final Set<String> RUST = Set.of("rust", "actix", "axum");
  private static final Set<String> RUBY = Set.of("ruby", "rails", "sinatra");
  private static final Set<String> PHP = Set.of("php", "laravel", "symfony", "slim", "wordpress");
  private static final Set<String> DENO = Set.of("deno", "fresh", "oak");
  private static final Set<String> DOTNET =
      Set.of("dotnet", "aspnet", "asp.net core", "blazor", "worker");

  /** A folder below the source that may stand in a Dockerfile. */
  private static final Pattern FOLDER = Pattern.compile("\\.|[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*");

  private final Json json;
  private final Recipe recipe;
  private final Set<String> arguments;

  /**
   * For one app.
   *
   * @param arguments names of variables that the build may see
   */
  public Dockerfiles(Json json, Recipe recipe, Set<String> arguments) {
    this.json = json;
    this.recipe = recipe;
    this.arguments = new TreeSet<>(arguments);
  }

  /** What an agent says it has found in a source tree; foreign text, checked before it is used. */
  record Detection(
      String name,
      @Nullable String buildCommand,
      @Nullable String startCommand,
      @Nullable String outputDir,
      @Nullable String packageManager,
      @Nullable String pythonPm,
      @Nullable String nodeVersion,
      @Nullable String pythonVersion,
      @Nullable String javaVersion,
      @Nullable String goVersion,
      @Nullable String rustVersion,
      @Nullable String rubyVersion,
      @Nullable String phpVersion,
      @Nullable String dotnetVersion) {}

  /** The content; null where the tree has a Dockerfile of its own. */
  public @Nullable String of(String detected) {
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
      return go(found);
    }
    if (PYTHON.contains(name)) {
      var base = "python:" + version(found.pythonVersion(), "3.13") + "-slim";
      return tree(base, python(found), build, found);
    }
    if (RUST.contains(name)) {
      return tree("rust:" + version(found.rustVersion(), "1"), "", build, found);
    }
    if (RUBY.contains(name)) {
      return tree("ruby:" + version(found.rubyVersion(), "3"), "bundle install", build, found);
    }
    if (DOTNET.contains(name)) {
      return tree(DOTNET_SDK + version(found.dotnetVersion(), "10.0"), "", build, found);
    }
    if (PHP.contains(name)) {
      return php(found, build);
    }
    if (DENO.contains(name)) {
      return tree("denoland/deno:2", "", build, found);
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

  private static final String DOTNET_SDK = "mcr.microsoft.com/dotnet/sdk:";

  private static final String PIP =
      "if [ -f requirements.txt ]; then pip install --no-cache-dir -r requirements.txt;"
          + " elif [ -f pyproject.toml ]; then pip install --no-cache-dir .; fi";

  /** Into the image's own Python, which the start command calls. */
  private static String python(Detection found) {
    return switch (Objects.requireNonNullElse(found.pythonPm(), "pip")) {
      case "uv" ->
          "pip install --no-cache-dir uv && uv export --frozen --no-dev --no-emit-project"
              + " -o /tmp/locked.txt && pip install --no-cache-dir -r /tmp/locked.txt";
      case "poetry" ->
          "pip install --no-cache-dir poetry && POETRY_VIRTUALENVS_CREATE=false poetry install"
              + " --only main --no-root --no-interaction";
      case "pdm" ->
          "pip install --no-cache-dir pdm && pdm export --prod -o /tmp/locked.txt"
              + " && pip install --no-cache-dir -r /tmp/locked.txt";
      case "pipenv" -> "pip install --no-cache-dir pipenv && pipenv install --system --deploy";
      default -> PIP;
    };
  }

  private static final String COMPOSER =
      "if [ -f composer.json ]; then apt-get update && apt-get install -y --no-install-recommends"
          + " git unzip && composer install --no-dev --no-interaction --optimize-autoloader; fi";

  /** Apache looks for no variable by itself where to listen and what to show. */
  private String php(Detection found, String build) {
    var stated = Objects.requireNonNullElse(found.outputDir(), ".");
    var shown = FOLDER.matcher(stated).matches() ? stated : ".";
    var apache =
        "sed -ri \"s/^Listen .*/Listen ${PORT:-80}/\" /etc/apache2/ports.conf && sed -ri"
            + " \"s#:80>#:${PORT:-80}>#; s#/var/www/html#/src/"
            + shown
            + "#\" /etc/apache2/sites-available/000-default.conf && printf '<Directory /src>\\n"
            + "AllowOverride All\\nRequire all granted\\n</Directory>\\n'"
            + " > /etc/apache2/conf-enabled/src.conf && a2enmod -q rewrite"
            + " && exec apache2-foreground";
    return head(
            "php:" + version(found.phpVersion(), "8") + "-apache",
            "COPY --from=composer:2 /usr/bin/composer /usr/local/bin/composer\n")
        + run(Objects.requireNonNullElse(recipe.installCommand(), COMPOSER))
        + run(Objects.requireNonNullElse(recipe.buildCommand(), build))
        + "CMD "
        + shell(Objects.requireNonNullElse(recipe.startCommand(), apache))
        + "\n";
  }

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
    var output = Objects.requireNonNullElse(found.outputDir(), "");
    if (start.isBlank() && FOLDER.matcher(output).matches()) {
      return built(base + " AS build", install, build) + served("--from=build /src/" + output);
    }
    if (start.isBlank()) {
      throw DeploymentsError.NO_START_COMMAND.of();
    }
    return built(base, install, build) + "CMD " + shell(start) + "\n";
  }

  private String built(String base, String install, String build) {
    return head(base, "")
        + run(Objects.requireNonNullElse(recipe.installCommand(), install))
        + run(Objects.requireNonNullElse(recipe.buildCommand(), build));
  }

  private String go(Detection found) {
    var base = "golang:" + version(found.goVersion(), "1");
    if (recipe.buildCommand() != null) {
      // Nobody knows where that puts its program.
      return tree(base, "", "", found);
    }
    return built(base + " AS build", "", "CGO_ENABLED=0 go build -o /out/app .")
        + "FROM alpine:3\nWORKDIR /app\nCOPY --from=build /src /app\n"
        + "COPY --from=build /out/app /usr/local/bin/app\nCMD "
        + (recipe.startCommand() == null
            ? "[\"/usr/local/bin/app\"]"
            : shell(recipe.startCommand()))
        + "\n";
  }

  private static String pages() {
    return served(".");
  }

  private static String served(String what) {
    return "FROM busybox:1\nCOPY "
        + what
        + " /site\n"
        + "CMD [\"/bin/sh\", \"-c\", \"exec httpd -f -p ${PORT:-80} -h /site\"]\n";
  }

  private String head(String base, String more) {
    var head = new StringBuilder("FROM ").append(base).append("\nWORKDIR /src\n");
    arguments.forEach(name -> head.append("ARG ").append(name).append('\n'));
    return head.append(more).append("COPY . .\n").toString();
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
