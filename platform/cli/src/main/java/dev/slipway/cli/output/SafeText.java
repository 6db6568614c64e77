package dev.slipway.cli.output;

import java.util.regex.Pattern;

/**
 * Makes text from outside harmless for a terminal: names and log lines of tenants may carry escape
 * sequences that move the cursor, rename the window or answer on the user's behalf.
 */
public final class SafeText {
  private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]{0,32}m");
  private static final Pattern SEQUENCE =
      Pattern.compile(
          "\u001b(?:\\[[0-?]*[ -/]*[@-~]|\\][^\u0007\u001b]*(?:\u0007|\u001b\\\\)?|.)?");

  private SafeText() {}

  /** One line without any control character; line ends become blanks. */
  public static String line(String text) {
    var clean = new StringBuilder(text.length());
    SEQUENCE
        .matcher(text)
        .replaceAll("")
        .codePoints()
        .map(c -> c == '\n' || c == '\r' ? ' ' : c)
        .filter(c -> c == '\t' || !isControl(c))
        .forEach(clean::appendCodePoint);
    return clean.toString();
  }

  /** A log line: colours stay, because build tools say something with them. */
  public static String coloured(String text) {
    var kept = new StringBuilder();
    var matcher = COLOUR.matcher(text);
    var from = 0;
    while (matcher.find()) {
      kept.append(line(text.substring(from, matcher.start()))).append(matcher.group());
      from = matcher.end();
    }
    kept.append(line(text.substring(from)));
    return from == 0 ? kept.toString() : kept + "\u001b[0m";
  }

  /** Columns that the text takes on a terminal, colours not counted. */
  static int width(String text) {
    var plain = COLOUR.matcher(text).replaceAll("");
    return plain.codePointCount(0, plain.length());
  }

  /** C0, DEL, C1, and the marks that reorder the text shown. */
  private static boolean isControl(int c) {
    return Character.isISOControl(c)
        || (c >= 0x202A && c <= 0x202E)
        || (c >= 0x2066 && c <= 0x2069);
  }
}
