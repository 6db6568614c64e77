package dev.slipway.security.egress;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicAddressesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "10.255.255.255",
        "100.64.0.1",
        "100.127.255.255",
        "127.0.0.1",
        "127.255.255.254",
        "169.254.0.1",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.8",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.0.1",
        "192.168.255.255",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255"
      })
  void refusesSpecialIpv4(String address) {
    assertThat(isPublic(address)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.0.0.1",
        "128.0.0.1",
        "169.253.255.255",
        "169.255.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.167.255.255",
        "192.169.0.0",
        "198.17.255.255",
        "198.20.0.0",
        "223.255.255.255"
      })
  void acceptsTheirNeighbours(String address) {
    assertThat(isPublic(address)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "::",
        "::1",
        "fc00::1",
        "fdff::1",
        "fe80::1",
        "febf::1",
        "fec0::1",
        "ff02::1",
        "2001:db8::1",
        "64:ff9b:1::1",
        "100::1",
        "2001:10::1",
        "2001:20::1",
        "3fff::1",
        "5f00::1",
        // IPv4-compatible, NAT64, 6to4, translated
        "::127.0.0.1",
        "::10.0.0.1",
        "64:ff9b::127.0.0.1",
        "64:ff9b::169.254.169.254",
        "2002:7f00:1::1",
        "2002:a9fe:a9fe::1",
        "2002:0a00:0001::",
        "::ffff:0:10.0.0.1",
        // Teredo: server private, client private (inverted)
        "2001:0:7f00:1::1",
        "2001:0:808:808:0:0:5601:5601",
        "2001:0:808:808:0:0:80ff:fffe",
        // ISATAP
        "2606:4700::5efe:10.0.0.1",
        "2606:4700::200:5efe:192.168.0.1"
      })
  void refusesSpecialIpv6(String address) {
    assertThat(isPublic(address)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2606:4700:4700::1111",
        "2a00:1450::1",
        "64:ff9b::1.1.1.1",
        "2002:101:101::1",
        "fbff::1",
        "2001:0:808:808:0:0:fefe:fefe",
        "2606:4700::5efe:1.1.1.1",
        "2001:200::1"
      })
  void acceptsPublicIpv6(String address) {
    assertThat(isPublic(address)).isTrue();
  }

  @Test
  void mappedAddressesAreWhatTheyStandFor() {
    // InetAddress would turn them into IPv4 by itself; bytes from elsewhere may not have been.
    assertThat(PublicAddresses.contains(mapped("7f000001"))).isFalse();
    assertThat(PublicAddresses.contains(mapped("a9fea9fe"))).isFalse();
    assertThat(PublicAddresses.contains(mapped("01010101"))).isTrue();
    assertThat(PublicAddresses.plain(mapped("0a000001"))).containsExactly(10, 0, 0, 1);
  }

  private static byte[] mapped(String ipv4) {
    return HexFormat.of().parseHex("00000000000000000000ffff" + ipv4);
  }

  private static boolean isPublic(String literal) {
    return PublicAddresses.contains(InetAddress.ofLiteral(literal).getAddress());
  }
}
