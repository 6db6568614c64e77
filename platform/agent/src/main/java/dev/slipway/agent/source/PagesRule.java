package dev.slipway.agent.source;

import java.util.Optional;

/** Pages that are there already. */
final class PagesRule implements FrameworkRule {
  @Override
  public String lookedFor() {
    return "index.html";
  }

  @Override
  public Optional<Framework> look(SourceTree tree) {
    if (!tree.has("index.html")) {
      return Optional.empty();
    }
    var start = "jwebserver -b 127.0.0.1 -p \"$PORT\" -d \"$PWD\"";
    return Optional.of(Framework.of("static", "", start, 80));
  }
}
