package dev.slipway.cli.deploy;

import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Locale;

/** Names for apps that were given none. */
public final class AppNames {
  private static final int MAX_LENGTH = 63;

  private AppNames() {}

  /** The folder's name with nothing but small letters, digits and single hyphens. */
  public static String of(Path folder) {
    var last = folder.toAbsolutePath().normalize().getFileName();
    return slug(last == null ? "" : last.toString());
  }

  static String slug(String text) {
    var plain = Normalizer.normalize(text, Normalizer.Form.NFKD).replaceAll("\\p{M}", "");
    var slug = trimmed(plain.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-"));
    var cut = slug.length() > MAX_LENGTH ? trimmed(slug.substring(0, MAX_LENGTH)) : slug;
    return cut.isEmpty() ? "app" : cut;
  }

  private static String trimmed(String slug) {
    return slug.replaceAll("^-+|-+$", "");
  }
}
