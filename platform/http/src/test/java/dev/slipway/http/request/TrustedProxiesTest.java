package dev.slipway.http.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TrustedProxiesTest {
  final TrustedProxies proxies = TrustedProxies.parse("10.0.0.0/8, 127.0.0.1,fd00::/8,");

  private String client(String peer, String... forwarded) {
    return proxies.client(peer, List.of(forwarded));
  }

  @Test
  void withoutTheSettingNobodyIsBelieved() {
    for (var setting : new String[] {null, "", " , "}) {
      var none = TrustedProxies.parse(setting);
      assertThat(none.client("127.0.0.1", List.of("192.0.2.1"))).isEqualTo("127.0.0.1");
    }
  }

  @Test
  void onlyProxiesAreBelieved() {
    assertThat(client("10.1.2.3", "192.0.2.1")).isEqualTo("192.0.2.1");
    assertThat(client("198.51.100.1", "192.0.2.1")).isEqualTo("198.51.100.1");
    assertThat(client("10.1.2.3")).isEqualTo("10.1.2.3");
  }

  @Test
  void whatAClientHasMadeUpStandsBeforeItsOwnAddress() {
    assertThat(client("10.1.2.3", "127.0.0.1, 10.9.9.9, 192.0.2.1")).isEqualTo("192.0.2.1");
    assertThat(client("10.1.2.3", "203.0.113.9", "192.0.2.1, 10.0.0.2")).isEqualTo("192.0.2.1");
    assertThat(client("10.1.2.3", "203.0.113.9", "192.0.2.1")).isEqualTo("192.0.2.1");
  }

  @Test
  void whereAllAreProxiesTheFirstOneCounts() {
    assertThat(client("127.0.0.1", "10.0.0.1, 10.0.0.2")).isEqualTo("10.0.0.1");
  }

  @Test
  void whatIsNoAddressEndsTheList() {
    for (var odd :
        List.of("unknown", "", "_hidden", "10.1", "1", "300.1.1.1", "localhost", "::zz", "[::1")) {
      assertThat(client("10.1.2.3", "192.0.2.1, " + odd)).as(odd).isEqualTo("10.1.2.3");
      assertThat(client("10.1.2.3", "192.0.2.1, " + odd + ", 10.0.0.7"))
          .as(odd)
          .isEqualTo("10.0.0.7");
    }
  }

  @Test
  void addressesComeInAllForms() {
    assertThat(client("10.1.2.3", "192.0.2.1:4711")).isEqualTo("192.0.2.1");
    assertThat(client("10.1.2.3", "2001:db8::7")).isEqualTo("2001:db8:0:0:0:0:0:7");
    assertThat(client("10.1.2.3", "[2001:db8::7]:4711")).isEqualTo("2001:db8:0:0:0:0:0:7");
    assertThat(client("[fd00:0:0:0:0:0:0:1]", "192.0.2.1")).isEqualTo("192.0.2.1");
    assertThat(client("10.1.2.3", "::ffff:192.0.2.1")).isEqualTo("192.0.2.1");
  }

  @Test
  void aFaultySettingIsNamed() {
    for (var odd : List.of("proxy.example.com", "10.0.0.0/33", "10.0.0.0/x", "10.0", "::1/129")) {
      assertThatThrownBy(() -> TrustedProxies.parse("127.0.0.1," + odd))
          .as(odd)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("slipway.trusted.proxies")
          .hasMessageContaining(odd);
    }
  }

  @Test
  void whatIsForwardedIsNotLocal() {
    assertThat(Origin.of("127.0.0.1", List.of(), false, proxies).local()).isTrue();
    assertThat(Origin.of("[::1]", List.of(), false, proxies).local()).isTrue();
    assertThat(Origin.of("192.0.2.1", List.of(), false, proxies).local()).isFalse();
    assertThat(Origin.of("127.0.0.1", List.of("127.0.0.1"), false, proxies).local()).isFalse();
    assertThat(Origin.of("127.0.0.1", List.of(), true, proxies).local()).isFalse();
  }
}
