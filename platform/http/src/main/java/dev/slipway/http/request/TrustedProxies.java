package dev.slipway.http.request;

import dev.slipway.security.Network;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Proxies whose word on where a request comes from counts. Each appends the address that it was
 * called from to {@code X-Forwarded-For}, so the list is read from its end, and only as far as it
 * was written by such a proxy: what stands before that is whatever a client has made up.
 */
public final class TrustedProxies {
  /** The list of addresses that a request came through. */
  static final String HEADER = "X-Forwarded-For";

  private static final String SETTING = "slipway.trusted.proxies";

  /** An address, or one with a port: {@code 192.0.2.1:80}, {@code [2001:db8::1]:80}. */
  private static final Pattern HOP =
      Pattern.compile("((?:\\d{1,3}\\.){3}\\d{1,3})(?::\\d+)?|\\[([^]]+)](?::\\d+)?|(.*:.*:.*)");

  private final List<Network> networks;

  private TrustedProxies(List<Network> networks) {
    this.networks = networks;
  }

  /** Reads a comma list of CIDR ranges and addresses; a faulty entry is refused, not skipped. */
  public static TrustedProxies parse(@Nullable String setting) {
    var networks = new ArrayList<Network>();
    for (var part : setting == null ? new String[0] : setting.split(",")) {
      var entry = part.strip();
      if (!entry.isEmpty()) {
        networks.add(network(entry));
      }
    }
    return new TrustedProxies(List.copyOf(networks));
  }

  private static Network network(String entry) {
    try {
      return Network.parse(entry);
    } catch (IllegalArgumentException malformed) {
      throw new IllegalArgumentException(
          SETTING + ": " + entry + " is neither an address nor a CIDR range", malformed);
    }
  }

  /**
   * Where a request comes from.
   *
   * @param peer whom the connection is with
   * @param forwarded the values of {@link #HEADER}, in their order
   * @return the last address that is no trusted proxy's; the peer where that is none
   */
  String client(String peer, List<String> forwarded) {
    var known = peer;
    var hops = String.join(",", forwarded).split(",");
    for (var i = hops.length - 1; i >= 0 && trusts(known); i--) {
      var hop = address(hops[i]);
      if (hop == null) {
        return known;
      }
      known = hop.getHostAddress();
    }
    return known;
  }

  private boolean trusts(String text) {
    if (networks.isEmpty()) {
      return false;
    }
    var address = address(text);
    return address != null
        && networks.stream().anyMatch(network -> network.contains(address.getAddress()));
  }

  /** The address that a text is; null where it is none. No name is looked up. */
  static @Nullable InetAddress address(String text) {
    var hop = HOP.matcher(text.strip());
    if (!hop.matches()) {
      return null;
    }
    var literal = hop.group(1) != null ? hop.group(1) : hop.group(2);
    try {
      return InetAddress.ofLiteral(literal != null ? literal : hop.group(3));
    } catch (IllegalArgumentException malformed) {
      return null;
    }
  }
}
