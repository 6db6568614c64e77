package dev.slipway.agent.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FrameworkDetectorIT {
  @TempDir Path tree;

  private void write(Map<String, String> files) throws Exception {
    for (var file : files.entrySet()) {
      Files.writeString(tree.resolve(file.getKey()), file.getValue());
    }
  }

  static Stream<Arguments> trees() {
    var main = "public class X { public static void main(String[] a) {} }";
    return Stream.of(
        Arguments.of(Map.of("Dockerfile", "FROM x", "package.json", "{}"), "dockerfile", ""),
        Arguments.of(Map.of("Procfile", "web: ./run $PORT"), "procfile", "./run $PORT"),
        Arguments.of(
            Map.of(
                "package.json",
                "{\"scripts\":{\"start\":\"x\"},\"dependencies\":{\"express\":\"1\"}}"),
            "express",
            "npm run start"),
        Arguments.of(
            Map.of("package.json", "{\"main\":\"-e evil\"}", "index.js", ""),
            "node",
            "node index.js"),
        Arguments.of(Map.of("package.json", "not json", "server.js", ""), "node", "node server.js"),
        Arguments.of(
            Map.of("go.mod", "module x\nrequire github.com/gin-gonic/gin v1"), "gin", "./app"),
        Arguments.of(Map.of("pom.xml", "<x>io.quarkus</x>"), "quarkus", "java -jar target/*.jar"),
        Arguments.of(Map.of("Main.java", main, "Other.java", main), "java", "java Main.java"),
        Arguments.of(Map.of("Hello.java", "void main() {}"), "java", "java Hello.java"),
        Arguments.of(
            Map.of("index.html", "<p>"),
            "static",
            "jwebserver -b 127.0.0.1 -p \"$PORT\" -d \"$PWD\""),
        Arguments.of(
            Map.of("requirements.txt", "Flask==3", "app.py", ""),
            "flask",
            "python3 -m flask --app app run --host 0.0.0.0 --port $PORT"));
  }

  @ParameterizedTest
  @MethodSource("trees")
  void mostTellingFileDecides(Map<String, String> files, String name, String start)
      throws Exception {
    write(files);
    var found = FrameworkDetector.detect(tree).orElseThrow();
    assertThat(found.name()).isEqualTo(name);
    assertThat(found.startCommand()).isEqualTo(start);
  }

  @Test
  void twoProgramsWithoutMainAreNoAnswer() throws Exception {
    write(Map.of("A.java", "void main() {}", "B.java", "void main() {}"));
    assertThat(FrameworkDetector.detect(tree)).isEmpty();
  }

  @Test
  void linksAreNotFollowed() throws Exception {
    Files.createSymbolicLink(tree.resolve("Procfile"), Path.of("/etc/passwd"));
    assertThat(FrameworkDetector.detect(tree)).isEmpty();
  }
}
