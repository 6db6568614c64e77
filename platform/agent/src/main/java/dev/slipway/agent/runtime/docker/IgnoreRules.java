package dev.slipway.agent.runtime.docker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The rules of a {@code .dockerignore}: patterns against the path from the context's root, {@code
 * !} takes back, the last match decides. A matched folder takes all below it along.
 */
final class IgnoreRules {
  private static final int MAX_RULES = 1000;

  /** More would let one pattern try for very long. */
  private static final int MAX_WILDCARDS = 8;

  private final List<Rule> rules;

  private record Rule(Pattern pattern, boolean ignores) {}

  private IgnoreRules(List<Rule> rules) {
    this.rules = rules;
  }

  static IgnoreRules of(Path context) throws IOException {
    var file = context.resolve(".dockerignore");
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        ? parse(Files.readAllLines(file))
        : parse(List.of());
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
        rules.add(new Rule(Pattern.compile(regex(glob) + "(/.*)?"), ignores));
      }
    }
    return new IgnoreRules(List.copyOf(rules));
  }

  private static String regex(String glob) {
    var regex = new StringBuilder();
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      if (glob.startsWith("**/", i)) {
        regex.append("(?:.*/)?");
        i += 2;
      } else if (glob.startsWith("**", i)) {
        regex.append(".*");
        i++;
      } else if (c == '*') {
        regex.append("[^/]*");
      } else if (c == '?') {
        regex.append("[^/]");
      } else {
        regex.append(Pattern.quote(Character.toString(c)));
      }
    }
    return regex.toString();
  }

  /** Whether rules can take back parts of an ignored folder, so that it must be entered. */
  boolean takesBack() {
    return rules.stream().anyMatch(rule -> !rule.ignores());
  }

  boolean ignores(String path) {
    boolean ignored = false;
    for (var rule : rules) {
      if (rule.pattern().matcher(path).matches()) {
        ignored = rule.ignores();
      }
    }
    return ignored;
  }
}
