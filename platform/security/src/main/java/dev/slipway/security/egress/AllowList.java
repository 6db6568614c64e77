package dev.slipway.security.egress;

import dev.slipway.security.Network;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the operator allows besides the public Internet.
 *
 * @param networks addresses, on any port
 * @param endpoints {@code host:port} in lower case, whatever address the host has
 */
record AllowList(List<Network> networks, Set<String> endpoints) {
  private static final int MAX_ENTRIES = 200;

  /**
   * Reads a comma list of CIDR ranges, addresses and {@code host:port}; a faulty entry is refused,
   * not skipped.
   */
  static AllowList parse(@Nullable String setting) {
    var networks = new ArrayList<Network>();
    var endpoints = new HashSet<String>();
    for (var part : setting == null ? new String[0] : setting.split(",")) {
      var entry = part.strip().toLowerCase(Locale.ROOT);
      if (entry.isEmpty()) {
        continue;
      }
      if (isEndpoint(entry)) {
        endpoints.add(entry);
      } else {
        networks.add(network(entry));
      }
    }
    if (networks.size() + endpoints.size() > MAX_ENTRIES) {
      throw new IllegalArgumentException("slipway.egress.allow has too many entries");
    }
    return new AllowList(List.copyOf(networks), Set.copyOf(endpoints));
  }

  boolean allows(Target target) {
    return endpoints.contains(target.endpoint());
  }

  boolean allows(InetAddress address) {
    var bytes = PublicAddresses.plain(address.getAddress());
    return networks.stream().anyMatch(network -> network.contains(bytes));
  }

  /** {@code host:port}, {@code 10.0.0.1:80} or {@code [::1]:80}, but not {@code fd00::1}. */
  private static boolean isEndpoint(String entry) {
    return entry.matches("(\\[[0-9a-f:.]+]|[a-z0-9._-]+):[0-9]{1,5}");
  }

  private static Network network(String entry) {
    try {
      return Network.parse(entry);
    } catch (IllegalArgumentException malformed) {
      throw new IllegalArgumentException(
          "slipway.egress.allow: " + entry + " is neither a CIDR range nor host:port", malformed);
    }
  }
}
