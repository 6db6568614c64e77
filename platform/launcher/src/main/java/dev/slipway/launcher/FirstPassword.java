package dev.slipway.launcher;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Makes a password that passes every usual rule: length, upper and lower case, digit, special. */
final class FirstPassword {

  private static final int LENGTH = 22;

  /** No letters and digits that look alike, and no signs that a shell treats specially. */
  private static final List<String> ALPHABETS =
      List.of("ABCDEFGHJKLMNPQRSTUVWXYZ", "abcdefghijkmnopqrstuvwxyz", "23456789", "-_.+@%");

  private FirstPassword() {}

  static String generate() {
    var random = new SecureRandom();
    var all = String.join("", ALPHABETS.subList(0, 3));
    var characters = new ArrayList<Character>();
    for (var alphabet : ALPHABETS) {
      characters.add(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    while (characters.size() < LENGTH) {
      characters.add(all.charAt(random.nextInt(all.length())));
    }
    do {
      Collections.shuffle(characters, random);
    } while (!Character.isLetterOrDigit(characters.getFirst()));
    var password = new StringBuilder();
    characters.forEach(password::append);
    return password.toString();
  }
}
