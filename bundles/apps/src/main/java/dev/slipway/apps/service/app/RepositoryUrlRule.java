package dev.slipway.apps.service.app;

import dev.slipway.apps.service.Text;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Addresses that an agent's git may be told to clone. Only the four network transports: {@code
 * file:} and paths read the agent's disk, {@code ext::} and unknown schemes run programs. Schemes
 * are case-sensitive to git.
 */
final class RepositoryUrlRule {
  private static final int MAX = 2048;
  private static final int MAX_HOST = 253;
  private static final String HOST =
      "(?<host>[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_])?|\\[[0-9A-Fa-f:.]{2,45}])";
  private static final String USER = "[A-Za-z0-9_][A-Za-z0-9._-]{0,63}";
  private static final String PATH = "[A-Za-z0-9._~+@:%/=,-]+";
  private static final Pattern WEB =
      Pattern.compile(
          "(?:https?|git)://" + HOST + "(?::(?<port>[0-9]{1,5}))?/(?<path>" + PATH + ")");
  private static final Pattern SSH =
      Pattern.compile(
          "ssh://(?:" + USER + "@)?" + HOST + "(?::(?<port>[0-9]{1,5}))?/(?<path>" + PATH + ")");
  // Without a user "file:x" and "ext:x" would pass for hosts.
  private static final Pattern SCP =
      Pattern.compile(USER + "@" + HOST + "(?<port>):(?<path>" + PATH + ")");
  private static final Pattern USER_INFO = Pattern.compile("[a-z+]+://[^/]*@.*");
  private static final Pattern BAD_ESCAPE =
      Pattern.compile("%(?![0-9A-Fa-f]{2})|%[01][0-9A-Fa-f]|%7[Ff]");

  private RepositoryUrlRule() {}

  static @Nullable String fault(String url) {
    if (url.length() > MAX) {
      return "must have at most " + MAX + " characters";
    }
    if (!Text.isPlain(url)) {
      return "must not contain blanks, control characters or letters outside ASCII";
    }
    if (isAddress(WEB.matcher(url)) || isAddress(SSH.matcher(url)) || isAddress(SCP.matcher(url))) {
      return null;
    }
    return USER_INFO.matcher(url).matches()
        ? "must not carry credentials"
        : "must be an https, http, ssh or git URL, or user@host:path";
  }

  private static boolean isAddress(Matcher url) {
    return url.matches()
        && isHost(url.group("host"))
        && isPort(url.group("port"))
        && isPath(url.group("path"));
  }

  private static boolean isHost(String host) {
    return host.length() <= MAX_HOST && !host.contains("..");
  }

  private static boolean isPort(@Nullable String port) {
    if (port == null || port.isEmpty()) {
      return true;
    }
    var number = Integer.parseInt(port);
    return number >= 1 && number <= 65_535;
  }

  /**
   * A leading hyphen reads as an option at the far end; escaped line breaks reach credential
   * helpers.
   */
  private static boolean isPath(String path) {
    if (path.startsWith("-") || path.startsWith(":") || path.startsWith("//")) {
      return false;
    }
    if (BAD_ESCAPE.matcher(path).find() || path.replace("/", "").isEmpty()) {
      return false;
    }
    for (var part : path.split("/", -1)) {
      if (part.equals("..")) {
        return false;
      }
    }
    return true;
  }
}
