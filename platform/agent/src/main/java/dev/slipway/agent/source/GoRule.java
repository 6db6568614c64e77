package dev.slipway.agent.source;

import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Apps of Go. */
final class GoRule implements FrameworkRule {
  private static final Pattern VERSION = Pattern.compile("(?m)^go\\s+(\\d+\\.\\d+)");

  @Override
  public String lookedFor() {
    return "go.mod";
  }

  @Override
  public Optional<Framework> look(SourceTree tree) throws IOException {
    if (!tree.has("go.mod")) {
      return Optional.empty();
    }
    var module = tree.text("go.mod");
    return Optional.of(
        Framework.of(name(module), "go build -o app .", "./app", 8080)
            .with("go_version", SourceTree.first(module, VERSION)));
  }

  private static String name(String module) {
    if (module.contains("gin-gonic/gin")) {
      return "gin";
    }
    if (module.contains("labstack/echo")) {
      return "echo";
    }
    return module.contains("gofiber/fiber") ? "fiber" : "go";
  }
}
