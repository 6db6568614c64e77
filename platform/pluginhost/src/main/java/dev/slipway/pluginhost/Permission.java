package dev.slipway.pluginhost;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One thing that a plugin may do beyond its own tables and events; written {@code kind:what}.
 *
 * @param kind what sort of thing
 * @param what an exact name, or a pattern in which one star stands at the open end
 */
record Permission(Kind kind, String what) {
  private static final Pattern HOST =
      Pattern.compile("\\*|(\\*\\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?");
  private static final Pattern EVENT =
      Pattern.compile("\\*|[a-z0-9-]+(\\.[a-z0-9-]+){0,2}(\\.\\*)?");
  private static final Pattern API = Pattern.compile("[a-z][A-Za-z0-9.]*");

  /** What a permission is about. */
  enum Kind {
    /** Hosts that it may reach: {@code api.example.org}, {@code *.example.org:8443}. */
    EGRESS(HOST),
    /** Event types that it hears: {@code apps.app.created}, {@code apps.*}. */
    EVENTS(EVENT),
    /** Foreign event types that it publishes. */
    PUBLISH(EVENT),
    /** APIs that it offers to scripts. */
    SCRIPTS(API),
    /** Kinds of what it offers to tenants: {@code dns-provider}. */
    OFFERS(Pattern.compile(Point.names()));

    private final Pattern form;

    Kind(Pattern form) {
      this.form = form;
    }

    private String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Reads one; empty where it is none. */
  static Optional<Permission> parse(String text) {
    for (var kind : Kind.values()) {
      var prefix = kind.word() + ":";
      if (text.startsWith(prefix)) {
        var written = text.substring(prefix.length());
        // Names of hosts are the same in whatever case they are written.
        var what = kind == Kind.EGRESS ? written.toLowerCase(Locale.ROOT) : written;
        return kind.form.matcher(what).matches()
            ? Optional.of(new Permission(kind, what))
            : Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** Whether it allows to reach a host at a port. */
  boolean reaches(String host, int port) {
    if (kind != Kind.EGRESS || what.equals("*")) {
      return kind == Kind.EGRESS;
    }
    var parts = what.split(":", 2);
    if (parts.length == 2 && Integer.parseInt(parts[1]) != port) {
      return false;
    }
    var name = host.toLowerCase(Locale.ROOT);
    return parts[0].startsWith("*.") ? name.endsWith(parts[0].substring(1)) : name.equals(parts[0]);
  }

  /** Whether all events of a type, or of a prefix that ends in {@code .*}, are among its own. */
  boolean covers(String type) {
    if (what.equals("*") || what.equals(type)) {
      return true;
    }
    return what.endsWith(".*") && type.startsWith(what.substring(0, what.length() - 1));
  }

  @Override
  public String toString() {
    return kind.word() + ":" + what;
  }
}
