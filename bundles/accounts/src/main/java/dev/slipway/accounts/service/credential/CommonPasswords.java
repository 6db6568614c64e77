package dev.slipway.accounts.service.credential;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * Knows passwords that are tried first. Not a list of them all: a common word stays one in any
 * case, with digits and signs before or behind it, with signs for letters, and said twice.
 */
final class CommonPasswords {
  private static final int MAX_BEFORE = 4;
  private static final int MAX_BEHIND = 10;
  private static final int SHORTEST = 4;
  private static final String SIGNS = "!@#$%^&*()";
  private static final String DIGITS = "1234567890";

  /** Signs and the letters they stand for; 1 and ! are read both as i and as l. */
  private static final String LEET = "0134578@$!|";

  private static final String AS_I = "oieastbasii";
  private static final String AS_L = "oleastbasll";

  private final Set<String> words = new HashSet<>();
  private final List<String> walks = new ArrayList<>();

  private CommonPasswords(BufferedReader lines) {
    lines
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .forEach(this::add);
  }

  /** Reads the list that comes with this bundle: words, and after {@code ~} rows of keys. */
  static CommonPasswords load() {
    var list = CommonPasswords.class.getResourceAsStream("common-passwords.txt");
    try (var lines =
        new BufferedReader(
            new InputStreamReader(Objects.requireNonNull(list), StandardCharsets.UTF_8))) {
      return new CommonPasswords(lines);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void add(String line) {
    if (line.startsWith("~")) {
      walks.add(line.substring(1));
      walks.add(new StringBuilder(line.substring(1)).reverse().toString());
    } else {
      words.add(line);
    }
  }

  int size() {
    return words.size();
  }

  boolean contains(String password) {
    var lower = password.toLowerCase(Locale.ROOT);
    for (var from = 0; from <= MAX_BEFORE; from++) {
      for (var to = lower.length(); to >= lower.length() - MAX_BEHIND; to--) {
        if (to - from >= SHORTEST && framed(lower, from, to) && known(lower.substring(from, to))) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether no letter stands before the one place or from the other on. */
  private static boolean framed(String text, int from, int to) {
    return text.substring(0, from).chars().noneMatch(Character::isLetter)
        && text.substring(to).chars().noneMatch(Character::isLetter);
  }

  private boolean known(String core) {
    return common(letters(core, LEET, AS_I))
        || common(letters(core, LEET, AS_L))
        || common(letters(core, SIGNS, DIGITS));
  }

  private boolean common(String core) {
    if (core.length() < SHORTEST) {
      return false;
    }
    return words.contains(core)
        || core.chars().distinct().count() <= 2
        || walks.stream().anyMatch(walk -> walk.contains(core))
        || repeats(core);
  }

  private boolean repeats(String core) {
    for (var times = 2; times <= core.length() / SHORTEST; times++) {
      var length = core.length() / times;
      var once = core.substring(0, length);
      if (length * times == core.length() && once.repeat(times).equals(core) && common(once)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The text with signs read as they are meant, and without what is then neither letter nor digit.
   */
  private static String letters(String text, String signs, String meant) {
    var read = new StringBuilder(text.length());
    for (var character : text.toCharArray()) {
      var sign = signs.indexOf(character);
      var as = sign < 0 ? character : meant.charAt(sign);
      if (Character.isLetterOrDigit(as)) {
        read.append(as);
      }
    }
    return read.toString();
  }
}
