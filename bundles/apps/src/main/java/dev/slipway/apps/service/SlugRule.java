package dev.slipway.apps.service;

import dev.slipway.apps.store.Slugs;
import java.text.Normalizer;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Slugs: one label of a host name and part of a container's name. Two hyphens in a row are left
 * free for names that the platform puts together, and for {@code xn--}.
 */
public final class SlugRule {
  private static final int MAX = 63;
  // Room for a hyphen and six digits behind it.
  private static final int MAX_STEM = 56;
  private static final Pattern FORM = Pattern.compile("[a-z0-9]+(?:-[a-z0-9]+)*");
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern OTHERS = Pattern.compile("[^a-z0-9]+");

  private SlugRule() {}

  public static @Nullable String fault(String slug) {
    // The length first: the pattern recurses.
    return slug.length() <= MAX && FORM.matcher(slug).matches()
        ? null
        : "must have 1.." + MAX + " lower-case letters and digits, joined by single hyphens";
  }

  /** The slug that a name stands for; the fallback where nothing of it is ASCII. */
  static String derive(String name, String fallback) {
    var folded = Normalizer.normalize(name, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
    var plain = spelled(MARKS.matcher(folded).replaceAll(""));
    var slug = cut(trimmed(OTHERS.matcher(plain).replaceAll("-")), MAX);
    return slug.isEmpty() ? fallback : slug;
  }

  /**
   * The slug of something new: the given one as it is, else one derived from the name that is still
   * free. Others can not choose until the unit of work ends.
   */
  public static String choose(
      Slugs slugs, UUID within, @Nullable String given, String name, String fallback) {
    slugs.hold(within);
    if (given != null) {
      return given;
    }
    var slug = derive(name, fallback);
    if (!slugs.isTaken(within, slug)) {
      return slug;
    }
    var stem = cut(slug, MAX_STEM);
    return stem + "-" + slugs.freeNumber(within, stem);
  }

  /** Letters that are no base letter with a mark. */
  private static String spelled(String text) {
    return text.replace("ß", "ss")
        .replace("æ", "ae")
        .replace("œ", "oe")
        .replace("ø", "o")
        .replace("đ", "d")
        .replace("ð", "d")
        .replace("þ", "th")
        .replace("ł", "l")
        .replace("ı", "i");
  }

  private static String cut(String text, int max) {
    return text.length() <= max ? text : trimmed(text.substring(0, max));
  }

  private static String trimmed(String text) {
    var from = text.startsWith("-") ? 1 : 0;
    var to = text.length() - (text.endsWith("-") && text.length() > from ? 1 : 0);
    return text.substring(from, to);
  }
}
