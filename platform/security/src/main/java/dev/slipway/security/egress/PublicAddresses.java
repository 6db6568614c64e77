package dev.slipway.security.egress;

import dev.slipway.security.Network;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Tells addresses of the public Internet from all others (IANA's special-purpose registries). */
final class PublicAddresses {
  private static final List<Network> SPECIAL =
      Stream.of(
              // "This" network, private use, carrier-grade NAT, loopback, link-local (cloud
              // metadata).
              "0.0.0.0/8",
              "10.0.0.0/8",
              "100.64.0.0/10",
              "127.0.0.0/8",
              "169.254.0.0/16",
              "172.16.0.0/12",
              "192.168.0.0/16",
              // Protocol assignments, documentation, 6to4 relays, benchmarks.
              "192.0.0.0/24",
              "192.0.2.0/24",
              "192.88.99.0/24",
              "198.18.0.0/15",
              "198.51.100.0/24",
              "203.0.113.0/24",
              // Multicast, reserved, broadcast.
              "224.0.0.0/4",
              "240.0.0.0/4",
              // Unspecified, loopback, NAT64 for local use, discard.
              "::/128",
              "::1/128",
              "64:ff9b:1::/48",
              "100::/64",
              "100:0:0:1::/64",
              // Benchmarks, ORCHID, documentation, segment routing.
              "2001:2::/48",
              "2001:10::/28",
              "2001:20::/28",
              "2001:db8::/32",
              "3fff::/20",
              "5f00::/16",
              // Unique local, link-local, site-local, multicast.
              "fc00::/7",
              "fe80::/10",
              "fec0::/10",
              "ff00::/8")
          .map(Network::parse)
          .toList();

  private static final Network COMPATIBLE = Network.parse("::/96");
  private static final Network NAT64 = Network.parse("64:ff9b::/96");
  private static final Network SIX_TO_FOUR = Network.parse("2002::/16");
  private static final Network TEREDO = Network.parse("2001::/32");
  private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};
  private static final byte[] TRANSLATED = {0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 0, 0};

  private PublicAddresses() {}

  /** Whether the address, and every IPv4 address that it stands for, is public. */
  static boolean contains(byte[] address) {
    if (SPECIAL.stream().anyMatch(network -> network.contains(address))) {
      return false;
    }
    return address.length == 4 || embedded(address).allMatch(PublicAddresses::contains);
  }

  /** An IPv4-mapped address as the IPv4 address that it is; any other unchanged. */
  static byte[] plain(byte[] address) {
    return mapped(address).orElse(address);
  }

  private static Optional<byte[]> mapped(byte[] address) {
    return address.length == 16 && startsWith(address, MAPPED)
        ? Optional.of(at(address, 12))
        : Optional.empty();
  }

  private static Stream<byte[]> embedded(byte[] address) {
    if (startsWith(address, MAPPED)
        || startsWith(address, TRANSLATED)
        || COMPATIBLE.contains(address)
        || NAT64.contains(address)
        || isIsatap(address)) {
      return Stream.of(at(address, 12));
    }
    if (SIX_TO_FOUR.contains(address)) {
      return Stream.of(at(address, 2));
    }
    if (TEREDO.contains(address)) {
      var client = at(address, 12);
      for (var i = 0; i < client.length; i++) {
        client[i] = (byte) ~client[i];
      }
      return Stream.of(at(address, 4), client);
    }
    return Stream.empty();
  }

  /** Interface ids {@code 0000:5efe} and {@code 0200:5efe} before an IPv4 address. */
  private static boolean isIsatap(byte[] address) {
    return (address[8] & 0xfd) == 0
        && address[9] == 0
        && address[10] == 0x5e
        && address[11] == (byte) 0xfe;
  }

  private static boolean startsWith(byte[] address, byte[] prefix) {
    return Arrays.equals(address, 0, prefix.length, prefix, 0, prefix.length);
  }

  private static byte[] at(byte[] address, int from) {
    return Arrays.copyOfRange(address, from, from + 4);
  }
}
