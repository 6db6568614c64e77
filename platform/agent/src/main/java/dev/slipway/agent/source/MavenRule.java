package dev.slipway.agent.source;

import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Apps that Maven builds. */
final class MavenRule implements FrameworkRule {
  private static final Pattern VERSION =
      Pattern.compile(
          "<(?:java\\.version|maven\\.compiler\\.release|maven\\.compiler\\.source|release)>"
              + "\\s*(?:1\\.)?(\\d{1,2})\\s*<");

  @Override
  public String lookedFor() {
    return "pom.xml";
  }

  @Override
  public Optional<Framework> look(SourceTree tree) throws IOException {
    if (!tree.has("pom.xml")) {
      return Optional.empty();
    }
    var pom = tree.text("pom.xml");
    var kind = JvmKind.of(pom);
    var maven = tree.has("mvnw") ? "./mvnw" : "mvn";
    return Optional.of(
        Framework.of(
                kind.name("maven"),
                maven + " -B -DskipTests package",
                kind.start("target/", "*.jar"),
                8080)
            .with("java_version", SourceTree.first(pom, VERSION)));
  }
}
