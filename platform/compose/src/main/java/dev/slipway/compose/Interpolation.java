package dev.slipway.compose;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Puts variables in the place of {@code $NAME} and {@code ${NAME}}, with what may follow the name:
 * {@code :-} and {@code -} (a default), {@code :?} and {@code ?} (it must be set), {@code :+} and
 * {@code +} (a text in its place). A doubled dollar stands for one. Only the variables that are
 * given are known, never those of the program that reads the file.
 */
final class Interpolation {
  private static final int MOST_CHARACTERS = 1 << 20;
  private static final int DEEPEST = 8;

  private static final Pattern OF_BUILD = Pattern.compile("services\\.[^.]+\\.build\\b.*");

  private final Map<String, String> variables;
  private final Map<String, String> buildVariables;
  private final Set<String> needed = new TreeSet<>();
  private int produced;

  /**
   * @param buildVariables for what stands under {@code build}
   */
  Interpolation(Map<String, String> variables, Map<String, String> buildVariables) {
    this.variables = variables;
    this.buildVariables = buildVariables;
  }

  /** Names that the file uses without a default. */
  Set<String> needed() {
    return needed;
  }

  String apply(String path, String text, Findings findings) throws ComposeFault {
    var known = OF_BUILD.matcher(path).matches() ? buildVariables : variables;
    return new Text(path, known, findings).expand(text, 0);
  }

  /** A text that is being expanded. */
  private final class Text {
    private final String path;
    private final Map<String, String> variables;
    private final Findings findings;

    Text(String path, Map<String, String> variables, Findings findings) {
      this.path = path;
      this.variables = variables;
      this.findings = findings;
    }

    String expand(String text, int depth) throws ComposeFault {
      if (text.indexOf('$') < 0) {
        return counted(text);
      }
      var out = new StringBuilder();
      for (int at = 0; at < text.length(); ) {
        int dollar = text.indexOf('$', at);
        int end = dollar < 0 ? text.length() : dollar;
        out.append(text, at, end);
        at = dollar < 0 ? end : variable(text, dollar, depth, out);
        check(out.length());
      }
      return counted(out.toString());
    }

    /** A short text can name a long variable many times. */
    private void check(int more) throws ComposeFault {
      if (produced + more > MOST_CHARACTERS) {
        throw new ComposeFault(
            List.of(path + ": the file is larger than 1 MiB once its variables are filled in"));
      }
    }

    private String counted(String text) throws ComposeFault {
      check(text.length());
      produced += text.length();
      return text;
    }

    /** Returns where the text goes on. */
    private int variable(String text, int dollar, int depth, StringBuilder out)
        throws ComposeFault {
      int start = dollar + 1;
      if (text.startsWith("$", start)) {
        out.append('$');
        return start + 1;
      }
      boolean braced = text.startsWith("{", start);
      int name = braced ? start + 1 : start;
      int end = endOfName(text, name);
      int close = braced ? endOfBraces(text, end) : end;
      if (end == name || close < 0) {
        findings.problem(path, "a $ that begins no variable must be doubled ($$)");
        return text.length();
      }
      out.append(value(text.substring(name, end), text.substring(end, close), depth));
      return braced ? close + 1 : end;
    }

    private String value(String name, String rest, int depth) throws ComposeFault {
      var value = variables.get(name);
      if (rest.isEmpty()) {
        needed.add(name);
        if (value == null) {
          findings.warning(path, "the variable " + name + " is not set and reads as empty");
        }
        return value == null ? "" : value;
      }
      boolean colon = rest.startsWith(":");
      var operator = rest.substring(colon ? 1 : 0);
      if (operator.isEmpty() || depth == DEEPEST) {
        return wrong(name);
      }
      boolean there = value != null && !(colon && value.isEmpty());
      var word = operator.substring(1);
      return switch (operator.charAt(0)) {
        case '-' -> there ? value : expand(word, depth + 1);
        case '+' -> there ? expand(word, depth + 1) : "";
        case '?' -> there ? value : missing(name, word);
        default -> wrong(name);
      };
    }

    private String missing(String name, String message) {
      needed.add(name);
      findings.problem(
          path,
          "the variable " + name + " is required" + (message.isBlank() ? "" : ": " + message));
      return "";
    }

    private String wrong(String name) {
      findings.problem(path, "what follows the variable " + name + " is not understood");
      return "";
    }
  }

  private static int endOfName(String text, int start) {
    int end = start;
    while (end < text.length()
        && (Character.isLetter(text.charAt(end)) && text.charAt(end) < 128
            || text.charAt(end) == '_'
            || end > start && text.charAt(end) >= '0' && text.charAt(end) <= '9')) {
      end++;
    }
    return end;
  }

  /** Where the brace closes that is open; -1 where it never does. */
  private static int endOfBraces(String text, int from) {
    int open = 1;
    for (int at = from; at < text.length(); at++) {
      if (text.startsWith("${", at)) {
        open++;
      } else if (text.charAt(at) == '}' && --open == 0) {
        return at;
      }
    }
    return -1;
  }
}
