package dev.slipway.agent.logs;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Replaces secret values in text, also in their base64 and URL-encoded forms. */
public final class Masking {
  /** Replaces nothing. */
  public static final Masking NONE = new Masking(List.of());

  private static final String MASK = "[REDACTED]";

  /** Shorter values would make every text unreadable and protect nothing. */
  private static final int SHORTEST = 4;

  /** At which lengths tools break base64 into lines. */
  private static final List<Integer> LINES_OF_BASE64 = List.of(64, 76);

  private static final Set<String> HARMLESS =
      Set.of(
          "true",
          "false",
          "null",
          "none",
          "production",
          "development",
          "staging",
          "test",
          "info",
          "debug",
          "warn",
          "error");

  private final List<String> hidden;

  private Masking(List<String> hidden) {
    this.hidden = hidden;
  }

  public static Masking of(Collection<String> values) {
    var forms = new LinkedHashSet<String>();
    for (var value : values) {
      add(forms, value);
      // Output comes line by line, so each line of a key in PEM form must be known by itself.
      value.lines().filter(line -> line.length() >= SHORTEST * 2).forEach(line -> add(forms, line));
    }
    return new Masking(
        forms.stream().sorted(Comparator.comparingInt(String::length).reversed()).toList());
  }

  private static void add(Set<String> forms, String value) {
    if (value.length() < SHORTEST || HARMLESS.contains(value)) {
      return;
    }
    var bytes = value.getBytes(StandardCharsets.UTF_8);
    forms.add(value);
    forms.add(Base64.getEncoder().withoutPadding().encodeToString(bytes));
    forms.add(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    forms.add(URLEncoder.encode(value, StandardCharsets.UTF_8));
    LINES_OF_BASE64.forEach(length -> addLines(forms, bytes, length));
  }

  /** The last line may be too short to be told from any other word. */
  private static void addLines(Set<String> forms, byte[] bytes, int length) {
    var encoder = Base64.getMimeEncoder(length, new byte[] {'\n'}).withoutPadding();
    encoder
        .encodeToString(bytes)
        .lines()
        .filter(line -> line.length() >= SHORTEST * 2)
        .forEach(forms::add);
  }

  public String apply(String text) {
    var masked = text;
    for (var value : hidden) {
      if (masked.contains(value)) {
        masked = masked.replace(value, MASK);
      }
    }
    return masked;
  }
}
