package com.example.powerdns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.dns.DnsRecords;
import dev.slipway.api.dns.DnsRecords.Type;
import dev.slipway.api.dns.DnsZone;
import dev.slipway.api.offering.RemoteFailure;
import dev.slipway.api.offering.Setup;
import dev.slipway.testkit.Parts;
import dev.slipway.testkit.RemoteHttp;
import dev.slipway.testkit.contract.DnsProviderContract;
import dev.slipway.testkit.contract.Remote;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class PowerDnsIT {
  static final String KEY = "key-of-the-test";
  static final RemoteHttp SERVER =
      RemoteHttp.start(new FakePowerDns(KEY, "example.org", "example.net")::answer);
  static final PowerDns PROVIDER = new PowerDns(Parts.egress(), Parts.json());

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  static Setup setup(URI url) {
    return new Setup(Map.of("url", url + "/", "api_key", KEY, "server", "localhost"));
  }

  @TestFactory
  Stream<DynamicNode> contract() {
    var remote = new Remote<>(PROVIDER, SERVER, PowerDnsIT::setup);
    return DnsProviderContract.tests(remote, "example.org");
  }

  @Test
  void recordOutsideOfTheZoneIsRefused() {
    SERVER.recover();
    var zone = new DnsZone("example.org.", "example.org");
    var stray = new DnsRecords("www.example.net", Type.A, 60, List.of("192.0.2.1"));
    assertThatThrownBy(() -> PROVIDER.put(zone, stray, setup(SERVER.url())))
        .isInstanceOfSatisfying(
            RemoteFailure.class, failure -> assertThat(failure.status()).isEqualTo(422));
  }
}
