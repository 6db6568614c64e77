package dev.slipway.agent.source;

import java.io.IOException;
import java.util.Optional;

/** An app that says itself how it is started. */
final class ProcfileRule implements FrameworkRule {
  private static final String WEB = "web:";

  @Override
  public String lookedFor() {
    return "Procfile (with a web line)";
  }

  @Override
  public Optional<Framework> look(SourceTree tree) throws IOException {
    return tree.text("Procfile")
        .lines()
        .filter(line -> line.startsWith(WEB))
        .map(line -> line.substring(WEB.length()).strip())
        .filter(command -> !command.isEmpty())
        .findFirst()
        .map(command -> Framework.of("procfile", "", command, 8080));
  }
}
