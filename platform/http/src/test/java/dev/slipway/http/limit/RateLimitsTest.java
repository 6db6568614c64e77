package dev.slipway.http.limit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RateLimitsTest {
  @Test
  void anIpv6ClientIsItsNetwork() {
    var one = RateLimits.network("2001:db8:1:2:0:0:0:7");
    assertThat(RateLimits.network("2001:db8:1:2:ffff:1:2:3")).isEqualTo(one);
    assertThat(RateLimits.network("[2001:db8:1:2::9]")).isEqualTo(one);
    assertThat(RateLimits.network("2001:db8:1:3:0:0:0:7")).isNotEqualTo(one);
  }

  @Test
  void anIpv4ClientIsItself() {
    assertThat(RateLimits.network("192.0.2.1")).isEqualTo("192.0.2.1");
    assertThat(RateLimits.network("192.0.2.2")).isEqualTo("192.0.2.2");
    assertThat(RateLimits.network("no address")).isEqualTo("no address");
  }
}
