package dev.slipway.agent.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code Main.java}, else the one source file on the top that has a main method. */
final class JavaFileRule implements FrameworkRule {
  private static final Pattern MAIN = Pattern.compile("\\bvoid\\s+main\\s*\\(");
  private static final Pattern SOURCE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*\\.java");

  @Override
  public String lookedFor() {
    return "a Java source file with a main method";
  }

  @Override
  public Optional<Framework> look(SourceTree tree) throws IOException {
    var candidates = new ArrayList<String>();
    for (var name : tree.names("*.java")) {
      if (SOURCE.matcher(name).matches() && MAIN.matcher(tree.text(name)).find()) {
        candidates.add(name);
      }
    }
    var chosen = candidates.contains("Main.java") ? "Main.java" : null;
    if (chosen == null && candidates.size() == 1) {
      chosen = candidates.getFirst();
    }
    return Optional.ofNullable(chosen).map(name -> Framework.of("java", "", "java " + name, 8080));
  }
}
