package dev.slipway.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.Caller;
import dev.slipway.api.rest.PublicOp;
import dev.slipway.api.rest.RateLimit;
import dev.slipway.api.spi.RestResource;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Clients that come through a proxy. */
class ProxyIT {
  private static final String SETTING = "slipway.trusted.proxies";

  @Test
  void clientsOfATrustedProxyAreToldApart() throws Exception {
    try (var platform = TestPlatform.start(Map.of(SETTING, "127.0.0.0/8"))) {
      platform.register(new Door());
      assertThat(ask(platform, "192.0.2.1").at("/address")).isEqualTo("192.0.2.1");
      assertThat(ask(platform, "192.0.2.1").status()).isEqualTo(429);
      assertThat(ask(platform, "192.0.2.2").status()).isEqualTo(200);
      assertThat(ask(platform, "192.0.2.3, 192.0.2.2").status()).isEqualTo(429);
      assertThat(ask(platform, "2001:db8::1").status()).isEqualTo(200);
      assertThat(ask(platform, "2001:db8::2").status()).isEqualTo(429);
      assertThat(ask(platform, "2001:db8:0:1::1").status()).isEqualTo(200);
    }
  }

  @Test
  void nobodyElseIsBelieved() throws Exception {
    try (var platform = TestPlatform.start(Map.of(SETTING, "10.0.0.0/8"))) {
      platform.register(new Door());
      assertThat(ask(platform, "192.0.2.1").at("/address")).isEqualTo("127.0.0.1");
      assertThat(ask(platform, "192.0.2.2").status()).isEqualTo(429);
    }
  }

  @Test
  void metricsAreForThisMachineAndNotForWhomItForwards() throws Exception {
    for (var trusted : new String[] {"", "127.0.0.1"}) {
      try (var platform = TestPlatform.start(Map.of(SETTING, trusted))) {
        var anyone = platform.anonymous();
        assertThat(anyone.get("/metrics").status()).isEqualTo(200);
        for (var from : new String[] {"192.0.2.1", "127.0.0.1"}) {
          assertThat(anyone.with("X-Forwarded-For", from).get("/metrics").status()).isEqualTo(401);
        }
      }
    }
  }

  @Test
  void aFaultySettingKeepsThePlatformFromStarting() {
    assertThatThrownBy(() -> TestPlatform.start(Map.of(SETTING, "proxy.example.com")))
        .hasRootCauseMessage("an IPv4 address has four parts: proxy.example.com")
        .cause()
        .hasMessageContaining(SETTING);
  }

  private static Answer ask(TestPlatform platform, String from) {
    return platform.anonymous().with("X-Forwarded-For", from).get("/api/door");
  }

  /** Says whom it sees, once to each. */
  @Path("/api/door")
  public static final class Door implements RestResource {
    public record Seen(String address) {}

    @GET
    @RateLimit(calls = 1, seconds = 3600)
    @PublicOp(value = "door.visitor.read", reason = "toy", summary = "See who comes")
    public Seen see(@Context Caller caller) {
      return new Seen(caller.remoteAddress());
    }
  }
}
