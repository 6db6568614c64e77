package dev.slipway.agent.source;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Apps that Gradle builds. */
final class GradleRule implements FrameworkRule {
  private static final Pattern VERSION =
      Pattern.compile(
          "(?:JavaLanguageVersion\\.of\\(|JavaVersion\\.VERSION_|"
              + "sourceCompatibility\\s*=\\s*['\"]?)(?:1[._])?(\\d{1,2})");

  @Override
  public String lookedFor() {
    return "build.gradle, build.gradle.kts";
  }

  @Override
  public Optional<Framework> look(SourceTree tree) throws IOException {
    if (!tree.has("build.gradle") && !tree.has("build.gradle.kts")) {
      return Optional.empty();
    }
    var build = tree.texts(List.of("build.gradle", "build.gradle.kts"));
    var kind = JvmKind.of(build);
    var gradle = tree.has("gradlew") ? "./gradlew" : "gradle";
    // The usual build of Spring Boot leaves two jars, of which the first can not be started.
    var task = kind == JvmKind.SPRING_BOOT ? " bootJar" : " build -x test";
    return Optional.of(
        Framework.of(kind.name("gradle"), gradle + task, kind.start("build/", "libs/*.jar"), 8080)
            .with("java_version", SourceTree.first(build, VERSION)));
  }
}
