package dev.slipway.agent.runtime.docker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The rules of a {@code .dockerignore}: patterns against the path from the context's root, {@code
 * !} takes back, the last match decides. A matched folder takes all below it along.
 */
final class IgnoreRules {
  private static final int MAX_BYTES = 256 << 10;
  private static final int MAX_RULES = 1000;

  /** Of one rule; nobody needs more. */
  private static final int MAX_WILDCARDS = 8;

  private final List<Rule> rules;

  private record Rule(IgnorePattern pattern, boolean ignores) {}

  private IgnoreRules(List<Rule> rules) {
    this.rules = rules;
  }

  static IgnoreRules of(Path context) throws IOException {
    var file = context.resolve(".dockerignore");
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return parse(List.of());
    }
    try (var in = Files.newInputStream(file)) {
      var bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new IOException(".dockerignore is larger than " + (MAX_BYTES >> 10) + " KiB");
      }
      return parse(new String(bytes, StandardCharsets.UTF_8).lines().toList());
    }
  }

  static IgnoreRules parse(List<String> lines) throws IOException {
    var rules = new ArrayList<Rule>();
    for (var line : lines) {
      var text = line.strip();
      if (text.isEmpty() || text.startsWith("#")) {
        continue;
      }
      if (rules.size() == MAX_RULES || text.chars().filter(c -> c == '*').count() > MAX_WILDCARDS) {
        throw new IOException(".dockerignore has too many rules or wildcards");
      }
      boolean ignores = !text.startsWith("!");
      var glob = (ignores ? text : text.substring(1)).strip().replaceAll("^(\\./|/)+|/+$", "");
      if (!glob.isEmpty()) {
        rules.add(new Rule(new IgnorePattern(glob), ignores));
      }
    }
    return new IgnoreRules(List.copyOf(rules));
  }

  /** Whether rules can take back parts of an ignored folder, so that it must be entered. */
  boolean takesBack() {
    return rules.stream().anyMatch(rule -> !rule.ignores());
  }

  boolean ignores(String path) {
    boolean ignored = false;
    for (var rule : rules) {
      if (rule.pattern().matches(path)) {
        ignored = rule.ignores();
      }
    }
    return ignored;
  }
}
