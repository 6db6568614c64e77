package dev.slipway.agent.source;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Looks at the files on the top of a source tree, most telling first. It reads nothing but small
 * text files and runs nothing.
 */
public final class FrameworkDetector {
  private static final String DOCKERFILE = "Dockerfile";

  private static final List<FrameworkRule> RULES =
      List.of(
          new ProcfileRule(),
          new DenoRule(),
          new PhpRule(),
          new RubyRule(),
          new PythonRule(),
          new GoRule(),
          new RustRule(),
          new DotnetRule(),
          new MavenRule(),
          new GradleRule(),
          new NodeRule(),
          new JavaFileRule(),
          new PagesRule());

  private FrameworkDetector() {}

  /** Empty when nothing known is found. */
  public static Optional<Framework> detect(Path folder) throws IOException {
    return new SourceTree(folder).has(DOCKERFILE)
        ? Optional.of(Framework.of("dockerfile", "", "", 8080))
        : detectForProcess(folder);
  }

  /** As {@link #detect} for a host without containers, where a Dockerfile says nothing. */
  public static Optional<Framework> detectForProcess(Path folder) throws IOException {
    var tree = new SourceTree(folder);
    for (var rule : RULES) {
      var found = rule.look(tree);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** All that is looked for, in order. */
  public static String lookedFor() {
    return RULES.stream()
        .map(FrameworkRule::lookedFor)
        .collect(Collectors.joining(", ", DOCKERFILE + ", ", ""));
  }
}
