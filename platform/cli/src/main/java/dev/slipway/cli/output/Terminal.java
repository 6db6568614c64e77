package dev.slipway.cli.output;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/**
 * The three standard streams.
 *
 * @param interactive a person can be asked
 * @param colour stdout is a terminal and NO_COLOR is not set
 */
public record Terminal(
    InputStream in, PrintStream out, PrintStream err, boolean interactive, boolean colour) {

  /** A value read from stdin, such as a password or a variable; more is a mistake. */
  private static final int MAX_INPUT = 1 << 20;

  public static Terminal system(Map<String, String> variables) {
    var console = System.console();
    var interactive = console != null && console.isTerminal();
    var noColour = variables.getOrDefault("NO_COLOR", "");
    var colour =
        interactive && noColour.isEmpty() && !"dumb".equals(variables.getOrDefault("TERM", ""));
    var out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    var err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    return new Terminal(System.in, out, err, interactive, colour);
  }

  /** The first line of stdin without its line end: what {@code --password-stdin} reads. */
  public String readLine() {
    try {
      var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      var line = new StringBuilder();
      for (int c = reader.read(); c >= 0 && c != '\n'; c = reader.read()) {
        if (line.length() == MAX_INPUT) {
          throw CliException.usage("the value on stdin is longer than 1 MiB");
        }
        line.append((char) c);
      }
      var end = line.length() - 1;
      return end >= 0 && line.charAt(end) == '\r' ? line.substring(0, end) : line.toString();
    } catch (IOException e) {
      throw new CliException(ExitCode.FAILED, "cannot read stdin: " + e.getMessage(), e);
    }
  }

  /** All of stdin, for values of several lines; one line end at the end is not part of it. */
  public String readAll() {
    try {
      var bytes = in.readNBytes(MAX_INPUT + 1);
      if (bytes.length > MAX_INPUT) {
        throw CliException.usage("the value on stdin is longer than 1 MiB");
      }
      var text = new String(bytes, StandardCharsets.UTF_8);
      return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    } catch (IOException e) {
      throw new CliException(ExitCode.FAILED, "cannot read stdin: " + e.getMessage(), e);
    }
  }

  /** Asks for a secret without echo. */
  public String askSecret(String prompt) {
    var console = interactive ? System.console() : null;
    var secret = console == null ? null : console.readPassword("%s: ", prompt);
    if (secret == null) {
      throw CliException.usage("no terminal to ask for the " + prompt + "; pass it on stdin");
    }
    return new String(secret);
  }

  /** Asks before something that cannot be undone. Without a person to ask, the command stands. */
  public boolean confirm(String question) {
    var console = interactive ? System.console() : null;
    if (console == null) {
      return true;
    }
    var answer = console.readLine("%s [y/N] ", SafeText.line(question));
    return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
  }
}
