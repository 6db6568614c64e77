package dev.slipway.agent.edge;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/** Addresses and networks such as {@code 10.0.0.0/8}; an empty list permits everybody. */
final class AllowList {
  private final List<Network> networks = new ArrayList<>();

  private record Network(byte[] address, int bits) {
    boolean holds(byte[] other) {
      if (other.length != address.length) {
        return false;
      }
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> bit % 8;
        if ((other[bit / 8] & mask) != (address[bit / 8] & mask)) {
          return false;
        }
      }
      return true;
    }
  }

  /**
   * @throws IllegalArgumentException where one is neither
   */
  AllowList(List<String> texts) {
    for (var text : texts) {
      int slash = text.indexOf('/');
      var address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash)).getAddress();
      int all = address.length * 8;
      int bits = slash < 0 ? all : Integer.parseInt(text.substring(slash + 1));
      if (bits < 0 || bits > all) {
        throw new IllegalArgumentException("not a network: " + text);
      }
      networks.add(new Network(address, bits));
    }
  }

  boolean permits(InetAddress client) {
    return networks.isEmpty()
        || networks.stream().anyMatch(network -> network.holds(client.getAddress()));
  }
}
