package dev.slipway.security.mask;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The forms in which a secret value turns up in text. */
final class Forms {
  /** Shorter ones would blank out innocent text. */
  static final int SHORTEST = 6;

  /** A longer form is masked piece by piece, which bounds the work per character of a text. */
  static final int LONGEST = 64;

  /** At which lengths tools break base64 into lines. */
  private static final List<Integer> LINES_OF_BASE64 = List.of(64, 76);

  /** Says nothing secret, and is the same in everybody's keys. */
  private static final Pattern ARMOUR = Pattern.compile("-----(BEGIN|END) [A-Z0-9 ]+-----");

  private static final Pattern ESCAPE = Pattern.compile("%[0-9A-F]{2}");

  private final Set<String> found = new LinkedHashSet<>();

  private Forms() {}

  /**
   * All forms of a value, each {@value #SHORTEST} to {@value #LONGEST} characters; empty for a
   * short value.
   */
  static List<String> of(String value) {
    var forms = new Forms();
    if (value.length() >= SHORTEST) {
      forms.text(value);
      value.lines().map(String::strip).forEach(forms::text);
      forms.base64(value);
    }
    return List.copyOf(forms.found);
  }

  private void text(String text) {
    if (ARMOUR.matcher(text).matches()) {
      return;
    }
    add(text);
    add(json(text));
    add(json(text).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"));
    percentEncoded(text);
  }

  /** Encoders agree on what must be encoded, but not on what may. */
  private void percentEncoded(String text) {
    var form = URLEncoder.encode(text, StandardCharsets.UTF_8);
    if (form.equals(text)) {
      return;
    }
    var spaces = form.replace("+", "%20");
    var strict = spaces.replace("*", "%2A").replace("%7E", "~");
    var component = kept(strict, "!'()*");
    var whole = kept(component, ";,/?:@&=+$#");
    for (var encoded : List.of(form, spaces, strict, component, whole)) {
      add(encoded);
      add(lowerHex(encoded));
    }
  }

  /** The text with those escapes undone that stand for one of the plain characters. */
  private static String kept(String encoded, String plain) {
    return ESCAPE
        .matcher(encoded)
        .replaceAll(
            hit -> {
              var c = (char) Integer.parseInt(hit.group().substring(1), 16);
              var kept = plain.indexOf(c) < 0 ? hit.group() : String.valueOf(c);
              return Matcher.quoteReplacement(kept);
            });
  }

  private static String lowerHex(String encoded) {
    return ESCAPE.matcher(encoded).replaceAll(hit -> hit.group().toLowerCase(Locale.ROOT));
  }

  private static String json(String text) {
    var escaped = new StringBuilder(text.length() + 16);
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      switch (c) {
        case '"' -> escaped.append("\\\"");
        case '\\' -> escaped.append("\\\\");
        case '\n' -> escaped.append("\\n");
        case '\r' -> escaped.append("\\r");
        case '\t' -> escaped.append("\\t");
        default -> {
          if (c < ' ') {
            escaped.append("\\u%04x".formatted((int) c));
          } else {
            escaped.append(c);
          }
        }
      }
    }
    return escaped.toString();
  }

  /**
   * Within longer base64 the value may begin at any of three offsets in a group of three bytes.
   * Only characters that are made of the value's bits alone are kept.
   */
  private void base64(String value) {
    var bytes = value.getBytes(StandardCharsets.UTF_8);
    for (var offset = 0; offset < 3; offset++) {
      var shifted = new byte[offset + bytes.length];
      System.arraycopy(bytes, 0, shifted, offset, bytes.length);
      var first = (offset * 8 + 5) / 6;
      var end = shifted.length * 8 / 6;
      add(Base64.getEncoder().encodeToString(shifted).substring(first, end));
      add(Base64.getUrlEncoder().encodeToString(shifted).substring(first, end));
    }
    LINES_OF_BASE64.forEach(length -> lines(bytes, length));
  }

  private void lines(byte[] bytes, int length) {
    var encoder = Base64.getMimeEncoder(length, new byte[] {'\n'}).withoutPadding();
    var lines = encoder.encodeToString(bytes).lines().toList();
    if (lines.size() > 1) {
      lines.forEach(this::add);
    }
  }

  private void add(String form) {
    if (form.length() < SHORTEST || form.isBlank()) {
      return;
    }
    var from = 0;
    while (form.length() - from > LONGEST) {
      found.add(form.substring(from, from + LONGEST));
      from += LONGEST;
    }
    // The last piece reaches back rather than being too short to be masked.
    found.add(form.substring(from == 0 ? 0 : form.length() - LONGEST));
  }
}
