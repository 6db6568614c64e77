package dev.slipway.apps.service.secret;

import dev.slipway.apps.TemplateVariable.Generator;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.UUID;

/** Values that nobody has thought of. */
final class GeneratedValues {
  private static final int LENGTH = 32;

  /** None that would have to be escaped in an address, a shell or a file. */
  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  private static final SecureRandom RANDOM = new SecureRandom();

  private GeneratedValues() {}

  static String of(Generator generator) {
    return switch (generator) {
      case PASSWORD -> password();
      case UUID -> UUID.randomUUID().toString();
      case HEX32 -> hex();
      case NONE -> throw new IllegalArgumentException("somebody must give the value");
    };
  }

  private static String password() {
    var letters = new StringBuilder(LENGTH);
    RANDOM
        .ints(LENGTH, 0, LETTERS.length())
        .forEach(index -> letters.append(LETTERS.charAt(index)));
    return letters.toString();
  }

  private static String hex() {
    var bytes = new byte[LENGTH / 2];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
