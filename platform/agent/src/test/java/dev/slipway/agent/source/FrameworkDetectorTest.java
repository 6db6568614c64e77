package dev.slipway.agent.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FrameworkDetectorTest {
  private static final String MAIN = "public class X { public static void main(String[] a) {} }";
  private static final String PAGES = "jwebserver -b 127.0.0.1 -p \"$PORT\" -d \"$PWD\"";

  @TempDir Path tree;

  private void write(Map<String, String> files) throws Exception {
    for (var file : files.entrySet()) {
      var path = tree.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
  }

  private static Arguments app(String name, String build, String start, String... files) {
    var tree = new java.util.HashMap<String, String>();
    for (var at = 0; at < files.length; at += 2) {
      tree.put(files[at], files[at + 1]);
    }
    return Arguments.of(name, build, start, tree);
  }

  private static String depends(String dependency, String scripts) {
    return "{\"dependencies\":{\"" + dependency + "\":\"1\"},\"scripts\":{" + scripts + "}}";
  }

  static Stream<Arguments> tops() {
    return Stream.of(
        app("dockerfile", "", "", "Dockerfile", "FROM x", "package.json", "{}"),
        app("procfile", "", "./run $PORT", "Procfile", "web: ./run $PORT", "go.mod", "module x"),
        app("java", "", "java Main.java", "Main.java", MAIN, "Other.java", MAIN),
        app("java", "", "java Hello.java", "Hello.java", "void main() {}"),
        app("static", "", PAGES, "index.html", "<p>"));
  }

  static Stream<Arguments> node() {
    return Stream.of(
        app("express", "", "npm run start", "package.json", depends("express", "\"start\":\"x\"")),
        app(
            "nextjs",
            "pnpm run build",
            "pnpm run start",
            "package.json",
            depends("next", "\"start\":\"next start\",\"build\":\"next build\""),
            "pnpm-lock.yaml",
            ""),
        app("vite", "npm run build", "", "package.json", depends("vite", "\"build\":\"x\"")),
        app(
            "cra",
            "yarn run build",
            "",
            "package.json",
            depends("react-scripts", "\"build\":\"x\",\"start\":\"for development\""),
            "yarn.lock",
            ""),
        app("node", "", "node index.js", "package.json", "{\"main\":\"-e x\"}", "index.js", ""),
        app("node", "", "node server.js", "package.json", "not json", "server.js", ""),
        app("node", "", "node a.js", "package.json", "{\"main\":\"a.js\"}", "main.py", "a tool"),
        app(
            "bun",
            "",
            "bun run start",
            "package.json",
            depends("x", "\"start\":\"y\""),
            "bun.lock",
            ""),
        app("deno", "", "deno task start", "deno.json", "{\"tasks\":{\"start\":\"x\"}}"));
  }

  static Stream<Arguments> python() {
    return Stream.of(
        app(
            "flask",
            "",
            "python3 -m flask --app app run --host 0.0.0.0 --port $PORT",
            "requirements.txt",
            "Flask==3",
            "app.py",
            ""),
        app(
            "flask",
            "",
            "python3 -m gunicorn --bind 0.0.0.0:$PORT main:app",
            "requirements.txt",
            "Flask==3\ngunicorn",
            "main.py",
            ""),
        app(
            "fastapi",
            "",
            "python3 -m uvicorn app:app --host 0.0.0.0 --port $PORT",
            "pyproject.toml",
            "dependencies=[\"fastapi\"]"),
        app(
            "django",
            "",
            "python3 -m gunicorn --bind 0.0.0.0:$PORT shop.wsgi",
            "manage.py",
            "",
            "requirements.txt",
            "django\ngunicorn",
            "shop/wsgi.py",
            ""),
        app(
            "django",
            "",
            "python3 manage.py runserver 0.0.0.0:$PORT",
            "manage.py",
            "",
            "package.json",
            "{}"),
        app("python", "", "python3 main.py", "main.py", ""));
  }

  static Stream<Arguments> compiled() {
    return Stream.of(
        app("gin", "go build -o app .", "./app", "go.mod", "require github.com/gin-gonic/gin v1"),
        app("go", "go build -o app .", "./app", "go.mod", "module x\ngo 1.24\n"),
        app(
            "axum",
            "cargo build --release",
            "./target/release/shop",
            "Cargo.toml",
            "[package]\nname = \"shop\"\n[dependencies]\naxum = \"0.8\"\n"),
        app(
            "rust",
            "cargo build --release",
            "./target/release/serve",
            "Cargo.toml",
            "[package]\nname = \"shop\"\n[[bin]]\nname = \"serve\"\npath = \"x.rs\"\n"),
        app(
            "aspnet",
            "dotnet publish Shop.csproj -c Release -o out",
            "ASPNETCORE_URLS=http://0.0.0.0:$PORT dotnet out/Shop.dll",
            "Shop.csproj",
            "<Project Sdk=\"Microsoft.NET.Sdk.Web\"/>"),
        app(
            "worker",
            "dotnet publish Shop.fsproj -c Release -o out",
            "ASPNETCORE_URLS=http://0.0.0.0:$PORT dotnet out/Named.dll",
            "Shop.fsproj",
            "<Project Sdk=\"Microsoft.NET.Sdk.Worker\"><AssemblyName>Named</AssemblyName>"),
        app(
            "quarkus",
            "mvn -B -DskipTests package",
            "java -Dquarkus.http.host=0.0.0.0 -Dquarkus.http.port=$PORT -jar"
                + " target/quarkus-app/quarkus-run.jar",
            "pom.xml",
            "<x>io.quarkus</x>"),
        app(
            "spring-boot",
            "./mvnw -B -DskipTests package",
            "java -jar target/*.jar --server.port=$PORT",
            "pom.xml",
            "<x>org.springframework.boot</x>",
            "mvnw",
            "",
            "package.json",
            "{}"),
        app(
            "spring-boot",
            "./gradlew bootJar",
            "java -jar build/libs/*.jar --server.port=$PORT",
            "build.gradle.kts",
            "id(\"org.springframework.boot\")",
            "gradlew",
            ""),
        app("gradle", "gradle build -x test", "java -jar build/libs/*.jar", "build.gradle", ""));
  }

  static Stream<Arguments> scripted() {
    return Stream.of(
        app(
            "laravel",
            "",
            "php -S 0.0.0.0:$PORT -t public",
            "composer.json",
            "{\"require\":{\"php\":\"^8.3\",\"laravel/framework\":\"^12\"}}",
            "public/index.php",
            "<?php",
            "package.json",
            "{}"),
        app(
            "symfony",
            "",
            "php -S 0.0.0.0:$PORT -t public",
            "composer.json",
            "{\"require\":{\"symfony/framework-bundle\":\"7\"}}",
            "public/index.php",
            ""),
        app("wordpress", "", "php -S 0.0.0.0:$PORT -t .", "index.php", "", "wp-settings.php", ""),
        app("php", "", "php -S 0.0.0.0:$PORT -t .", "index.php", "", "index.html", ""),
        app(
            "rails",
            "RAILS_ENV=production SECRET_KEY_BASE_DUMMY=1 bundle exec rails assets:precompile",
            "RAILS_ENV=${RAILS_ENV:-production} bundle exec rails server -b 0.0.0.0 -p $PORT",
            "Gemfile",
            "gem 'rails'",
            "config/application.rb",
            "",
            "bin/rails",
            "",
            "app/assets/a.css",
            "",
            "package.json",
            "{}"),
        app(
            "sinatra",
            "",
            "bundle exec rackup -o 0.0.0.0 -p $PORT",
            "Gemfile",
            "gem 'sinatra'",
            "config.ru",
            ""),
        app(
            "ruby",
            "",
            "bundle exec ruby app.rb -o 0.0.0.0 -p $PORT",
            "Gemfile",
            "",
            "app.rb",
            ""));
  }

  @ParameterizedTest
  @MethodSource({"tops", "node", "python", "compiled", "scripted"})
  void mostTellingFileDecides(String name, String build, String start, Map<String, String> files)
      throws Exception {
    write(files);
    var found = FrameworkDetector.detect(tree).orElseThrow();
    assertThat(found.name()).isEqualTo(name);
    assertThat(found.buildCommand()).isEqualTo(build);
    assertThat(found.startCommand()).isEqualTo(start);
  }

  static Stream<Arguments> versions() {
    return Stream.of(
        Arguments.of(
            "node_version", "20.1", Map.of("package.json", "{\"engines\":{\"node\":\">=20.1\"}}")),
        Arguments.of("node_version", "22", Map.of("package.json", "{}", ".nvmrc", "v22\n")),
        Arguments.of(
            "python_version", "3.12.1", Map.of("main.py", "", "runtime.txt", "python-3.12.1")),
        Arguments.of(
            "python_version", "3.11", Map.of("pyproject.toml", "requires-python = \">=3.11\"")),
        Arguments.of("go_version", "1.24", Map.of("go.mod", "module x\n\ngo 1.24.1\n")),
        Arguments.of("java_version", "21", Map.of("pom.xml", "<java.version>21</java.version>")),
        Arguments.of(
            "java_version",
            "8",
            Map.of("pom.xml", "<maven.compiler.source>1.8</maven.compiler.source>")),
        Arguments.of(
            "java_version",
            "17",
            Map.of("build.gradle", "languageVersion = JavaLanguageVersion.of(17)")),
        Arguments.of(
            "php_version", "8.3", Map.of("composer.json", "{\"require\":{\"php\":\"^8.3\"}}")),
        Arguments.of("ruby_version", "3.4.1", Map.of("Gemfile", "ruby '3.4.1'\n", "app.rb", "")),
        Arguments.of(
            "ruby_version",
            "3.3",
            Map.of("Gemfile", "", "app.rb", "", ".ruby-version", "ruby-3.3")),
        Arguments.of(
            "dotnet_version",
            "9.0",
            Map.of("a.csproj", "<TargetFramework>net9.0</TargetFramework>")),
        Arguments.of(
            "rust_version",
            "1.85",
            Map.of("Cargo.toml", "[package]\nname=\"a\"\nrust-version = \"1.85\"")),
        Arguments.of("python_pm", "poetry", Map.of("pyproject.toml", "x", "poetry.lock", "")),
        Arguments.of("package_manager", "bun", Map.of("package.json", "{}", "bun.lockb", "")),
        Arguments.of("output_dir", "dist", Map.of("package.json", depends("vite", ""))),
        Arguments.of(
            "output_dir",
            "dist/shop/browser",
            Map.of(
                "package.json",
                depends("@angular/core", ""),
                "angular.json",
                "{\"projects\":{\"shop\":{}}}")));
  }

  @ParameterizedTest
  @MethodSource("versions")
  void whatTheAppSaysOfItselfIsTold(String member, String value, Map<String, String> files)
      throws Exception {
    write(files);
    var found = FrameworkDetector.detect(tree).orElseThrow();
    var json = new ObjectMapper().readTree(new ObjectMapper().writeValueAsBytes(found));
    assertThat(json.path(member).asText()).isEqualTo(value);
  }

  @Test
  void theAnswerHasTheMembersOfTheContract() throws Exception {
    write(Map.of("package.json", depends("vite", "\"build\":\"x\"")));
    var found = FrameworkDetector.detect(tree).orElseThrow();
    assertThat(new ObjectMapper().writeValueAsString(found))
        .isEqualTo(
            "{\"name\":\"vite\",\"build_command\":\"npm run build\",\"port\":5173,"
                + "\"package_manager\":\"npm\",\"output_dir\":\"dist\"}");
    assertThat(found.startOnHost()).endsWith("-d \"$PWD/dist\"");
    assertThat(found.installOnHost()).isEqualTo("npm install");
  }

  @Test
  void hostileNamesBecomeNoCommands() throws Exception {
    write(
        Map.of(
            "Cargo.toml", "[package]\nname = \"x; curl evil\"\n",
            "$(evil).csproj", "<Project/>",
            "a b.java", MAIN));
    assertThat(FrameworkDetector.detect(tree)).isEmpty();
  }

  @Test
  void twoProgramsWithoutMainAreNoAnswer() throws Exception {
    write(Map.of("A.java", "void main() {}", "B.java", "void main() {}"));
    assertThat(FrameworkDetector.detect(tree)).isEmpty();
  }

  @Test
  void twoProjectsOfDotnetAreNoAnswer() throws Exception {
    write(Map.of("a.csproj", "", "b.csproj", ""));
    assertThat(FrameworkDetector.detect(tree)).isEmpty();
  }

  @Test
  void aDockerfileSaysNothingToAHostWithoutContainers() throws Exception {
    write(Map.of("Dockerfile", "FROM x", "go.mod", "module x"));
    assertThat(FrameworkDetector.detectForProcess(tree).orElseThrow().name()).isEqualTo("go");
  }

  @Test
  void linksAreNotFollowed() throws Exception {
    Files.createSymbolicLink(tree.resolve("Procfile"), Path.of("/etc/passwd"));
    Files.createSymbolicLink(tree.resolve("shop"), Path.of("/etc"));
    assertThat(FrameworkDetector.detect(tree)).isEmpty();
  }

  @Test
  void whatIsLookedForIsNamed() {
    assertThat(FrameworkDetector.lookedFor())
        .startsWith("Dockerfile, Procfile")
        .contains("package.json", "requirements.txt", "pom.xml", "go.mod", "Cargo.toml")
        .contains("composer.json", "Gemfile", "*.csproj", "build.gradle")
        .endsWith("index.html");
  }
}
