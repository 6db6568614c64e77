package dev.slipway.testkit.contract;

import java.util.function.Supplier;
import org.junit.jupiter.api.Assertions;

/** Names that the platform keeps. */
final class Names {
  private static final String DOTTED = "[a-z0-9-]+(\\.[a-z0-9-]+)+";
  private static final int LONGEST = 100;

  private Names() {}

  /** Words joined by dots, the first of them the feature's. */
  static void dotted(Supplier<String> name) {
    var first = name.get();
    Assertions.assertTrue(first.matches(DOTTED), first + " is not of the form feature.what");
    Assertions.assertTrue(first.length() <= LONGEST, "name has more than 100 characters");
    Assertions.assertEquals(first, name.get(), "name changes");
  }
}
