package dev.slipway.agent.edge;

import java.util.Locale;
import java.util.regex.Pattern;

/** Host names as routes compare them: lower-case, without port and final dot. */
public final class HostName {
  private static final Pattern NAME =
      Pattern.compile("[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*");
  private static final Pattern PORT = Pattern.compile(":[0-9]{0,5}$");
  private static final int LONGEST = 253;

  private HostName() {}

  /** Of a Host header; what is not a host name comes out as an empty text, which no route has. */
  static String of(String authority) {
    var name = PORT.matcher(authority).replaceFirst("").toLowerCase(Locale.ROOT);
    var bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    return isName(bare) || isBracketed(bare) ? bare : "";
  }

  private static boolean isBracketed(String name) {
    return name.matches("\\[[0-9a-f:.]{2,45}]");
  }

  private static boolean isName(String name) {
    return name.length() <= LONGEST && NAME.matcher(name).matches();
  }

  /** Whether a route may have it: a name, or {@code *.} and a name. */
  public static boolean isRoutable(String domain) {
    return isName(domain.startsWith("*.") ? domain.substring(2) : domain);
  }
}
