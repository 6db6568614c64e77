package dev.slipway.agent.command;

import java.util.regex.Pattern;

/** Checks of names that become file names, tags or host names. */
final class Names {
  private static final Pattern SLUG = Pattern.compile("[a-z0-9][a-z0-9_.-]{0,63}");
  private static final Pattern VARIABLE = Pattern.compile("[A-Z_][A-Z0-9_]{0,127}");
  private static final Pattern IMAGE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/:@-]{0,254}");

  private Names() {}

  static String slug(Payload payload, String key) throws CommandFailure {
    return check(payload.required(key), key, SLUG, "a slug");
  }

  static String optionalSlug(Payload payload, String key) throws CommandFailure {
    return payload.text(key, "").isEmpty() ? "" : slug(payload, key);
  }

  static String image(Payload payload, String key) throws CommandFailure {
    return check(payload.required(key), key, IMAGE, "an image name");
  }

  static String optionalVariable(Payload payload, String key) throws CommandFailure {
    return payload.text(key, "").isEmpty()
        ? ""
        : check(payload.required(key), key, VARIABLE, "the name of a variable");
  }

  private static String check(String value, String key, Pattern pattern, String what)
      throws CommandFailure {
    if (!pattern.matcher(value).matches()) {
      throw new CommandFailure("invalid payload: " + key + " is not " + what);
    }
    return value;
  }
}
