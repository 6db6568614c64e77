package dev.slipway.accounts.service.credential;

import java.util.ArrayList;
import java.util.Optional;
import java.util.function.IntPredicate;

/** What a password must be like. */
public final class PasswordRule {
  static final int MIN = 10;

  /** Hashing reads all of it; a bound keeps that cheap. */
  static final int MAX = 256;

  private final CommonPasswords common = CommonPasswords.load();

  /** What is wrong with it, for people; empty where nothing is. */
  public Optional<String> fault(String password) {
    var length = password.codePointCount(0, password.length());
    if (length < MIN || length > MAX) {
      return Optional.of("must have " + MIN + " to " + MAX + " characters");
    }
    var missing = new ArrayList<String>();
    require(password, Character::isUpperCase, "an upper-case letter", missing);
    require(password, Character::isLowerCase, "a lower-case letter", missing);
    require(password, Character::isDigit, "a digit", missing);
    require(
        password,
        character -> !Character.isLetterOrDigit(character),
        "a special character",
        missing);
    if (!missing.isEmpty()) {
      return Optional.of("must contain " + String.join(", ", missing));
    }
    return common.contains(password)
        ? Optional.of("is too common; choose one that is hard to guess")
        : Optional.empty();
  }

  private static void require(
      String password, IntPredicate kind, String name, ArrayList<String> missing) {
    if (password.codePoints().noneMatch(kind)) {
      missing.add(name);
    }
  }
}
