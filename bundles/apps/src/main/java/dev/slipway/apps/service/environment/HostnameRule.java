package dev.slipway.apps.service.environment;

import java.net.IDN;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Public host names: at least two labels, in the form in which they stand in DNS. */
final class HostnameRule {
  private static final int MAX = 253;
  private static final Pattern LABEL = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");
  private static final Pattern NUMBER = Pattern.compile("[0-9]+|0x[0-9a-f]*");

  private HostnameRule() {}

  /**
   * The name in small letters, without a final dot, with foreign letters as DNS spells them; what
   * can not be spelled stays as it is, for {@link #fault} to find.
   */
  static String canonical(String hostname) {
    var name = hostname.strip();
    var bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    try {
      return IDN.toASCII(bare).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException unspeakable) {
      return bare;
    }
  }

  static @Nullable String fault(String canonical) {
    if (canonical.length() > MAX) {
      return "must have at most " + MAX + " characters";
    }
    var labels = canonical.split("\\.", -1);
    var wellFormed = labels.length > 1;
    for (var label : labels) {
      wellFormed &= LABEL.matcher(label).matches();
    }
    // A last label of digits makes an address of it.
    return wellFormed && !NUMBER.matcher(labels[labels.length - 1]).matches()
        ? null
        : "must be a host name such as app.example.com";
  }

  /** Whether it is this name, or lies under it. */
  static boolean isWithin(String canonical, @Nullable String suffix) {
    return suffix != null
        && !suffix.isBlank()
        && (canonical.equals(suffix) || canonical.endsWith("." + suffix));
  }
}
