package dev.slipway.accounts.service.registration;

import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Makes slugs of names. */
final class Slugs {
  private static final int MAX = 40;
  private static final int TAIL = 6;
  private static final String TAIL_CHARACTERS = "abcdefghjkmnpqrstuvwxyz23456789";

  /** Belong to the platform, whether or not their tenant exists yet. */
  private static final Set<String> RESERVED = Set.of("root", "platform", "slipway");

  private final RandomGenerator random = new SecureRandom();

  /** The slug that looks most like the name. */
  String of(String name) {
    var plain = Normalizer.normalize(name, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
    var words = plain.replaceAll("\\p{M}+", "").replaceAll("[^a-z0-9]+", "-");
    var cut = words.length() > MAX ? words.substring(0, MAX) : words;
    var slug = cut.replaceAll("^-|-$", "");
    return slug.isEmpty() ? "tenant" : slug;
  }

  boolean reserved(String slug) {
    return RESERVED.contains(slug);
  }

  /**
   * The slug with a random tail: some 900 million of them, so that a few attempts find a free one.
   */
  String withTail(String slug) {
    var tail = new StringBuilder(slug).append('-');
    for (var i = 0; i < TAIL; i++) {
      tail.append(TAIL_CHARACTERS.charAt(random.nextInt(TAIL_CHARACTERS.length())));
    }
    return tail.toString();
  }
}
