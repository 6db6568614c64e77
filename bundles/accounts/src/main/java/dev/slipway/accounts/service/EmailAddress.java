package dev.slipway.accounts.service;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An e-mail address.
 *
 * @param display as its owner writes it
 * @param key in lower case, for comparisons: no mail service in use tells addresses apart by case
 */
public record EmailAddress(String display, String key) {
  private static final int MAX = 254;
  private static final int MAX_LOCAL = 64;
  private static final int MAX_DOMAIN = 253;
  private static final Pattern LOCAL =
      Pattern.compile("[\\w!#$%&'*+/=?^`{|}~-]++(?:\\.[\\w!#$%&'*+/=?^`{|}~-]++)*+");
  private static final Pattern DOMAIN =
      Pattern.compile(
          "localhost|(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]");

  /** Reads an address; empty where it is none. Space around it is no part of it. */
  public static Optional<EmailAddress> parse(String text) {
    var display = text.strip();
    var key = display.toLowerCase(Locale.ROOT);
    var at = key.lastIndexOf('@');
    if (display.length() > MAX || at < 1 || at > MAX_LOCAL || key.length() - at - 1 > MAX_DOMAIN) {
      return Optional.empty();
    }
    var valid =
        LOCAL.matcher(display.substring(0, at)).matches()
            && DOMAIN.matcher(key.substring(at + 1)).matches();
    return valid ? Optional.of(new EmailAddress(display, key)) : Optional.empty();
  }
}
