package dev.slipway.security.mask;

import java.util.LinkedHashMap;
import java.util.List;

/**
 * The secret values that must not be shown, and their masking. Keeps the 50,000 values used last,
 * at most 32 Mi characters of forms. Masking takes no lock and costs some tens of nanoseconds per
 * character when full.
 */
public final class ProtectedValues {
  private static final int MAX_VALUES = 50_000;
  private static final long MAX_CHARS = 32L * 1024 * 1024;

  /** A longer value is taken apart, and each piece counts as a value. */
  private static final int PIECE = 8 * 1024;

  private static final String MASK = "***";

  private final int maxValues;
  private final long maxChars;

  /** Guarded by this: value to its forms, the one protected longest ago first. */
  private final LinkedHashMap<String, List<String>> values = new LinkedHashMap<>(16, 0.75f, true);

  private long chars;
  private final FormIndex index = new FormIndex();

  /** Nothing is protected yet. */
  public ProtectedValues() {
    this(MAX_VALUES, MAX_CHARS);
  }

  ProtectedValues(int maxValues, long maxChars) {
    this.maxValues = maxValues;
    this.maxChars = maxChars;
  }

  /** Masks the value from now on, unless it is shorter than six characters. */
  public void add(String value) {
    var from = 0;
    while (value.length() - from > PIECE) {
      var end = from + PIECE - (Character.isHighSurrogate(value.charAt(from + PIECE - 1)) ? 1 : 0);
      addPiece(value.substring(from, end));
      from = end;
    }
    // The last piece reaches back rather than being too short to be masked.
    addPiece(from == 0 ? value : value.substring(Math.min(from, value.length() - Forms.SHORTEST)));
  }

  private synchronized void addPiece(String value) {
    if (values.get(value) != null) {
      return;
    }
    var added = Forms.of(value);
    if (added.isEmpty()) {
      return;
    }
    values.put(value, added);
    index.add(added);
    chars += size(added);
    while (values.size() > maxValues || (chars > maxChars && values.size() > 1)) {
      var eldest = values.pollFirstEntry().getValue();
      index.remove(eldest);
      chars -= size(eldest);
    }
  }

  private static long size(List<String> forms) {
    return forms.stream().mapToLong(String::length).sum();
  }

  /** The text with every protected value replaced by three asterisks. */
  public String mask(String text) {
    var last = text.length() - Forms.SHORTEST;
    var forms = index.snapshot();
    if (last < 0 || forms.runs().isEmpty()) {
      return text;
    }
    StringBuilder masked = null;
    var copied = 0;
    var hitStart = -1;
    var hitEnd = -1;
    var hash = PrefixFilter.hash(text, 0);
    for (var i = 0; i <= last; i++) {
      if (i > 0) {
        hash = PrefixFilter.roll(hash, text.charAt(i - 1), text.charAt(i + Forms.SHORTEST - 1));
      }
      var length = forms.filter().mayStart(hash) ? forms.longestAt(text, i) : 0;
      if (length == 0) {
        continue;
      }
      if (i > hitEnd) {
        masked = masked == null ? new StringBuilder(text.length()) : masked;
        copied = flush(text, masked, copied, hitStart, hitEnd);
        hitStart = i;
      }
      hitEnd = Math.max(hitEnd, i + length);
    }
    if (masked == null) {
      return text;
    }
    copied = flush(text, masked, copied, hitStart, hitEnd);
    return masked.append(text, copied, text.length()).toString();
  }

  /**
   * Overlapping and adjoining hits make one mask: hit ends are only known when the next hit begins.
   */
  private static int flush(String text, StringBuilder masked, int copied, int start, int end) {
    if (start < 0) {
      return copied;
    }
    masked.append(text, copied, start).append(MASK);
    return end;
  }
}
