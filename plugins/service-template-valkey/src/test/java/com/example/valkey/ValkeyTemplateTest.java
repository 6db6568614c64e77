package com.example.valkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.offering.Setup;
import dev.slipway.api.service.ServiceAddress;
import dev.slipway.api.service.ServiceOrder;
import dev.slipway.testkit.contract.ServiceTemplateContract;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ValkeyTemplateTest {
  static final Setup SETUP = new Setup(Map.of("eviction", "allkeys-lru"));
  static final ValkeyTemplate TEMPLATE = new ValkeyTemplate();

  @TestFactory
  Stream<DynamicNode> contract() {
    return ServiceTemplateContract.tests(TEMPLATE, SETUP);
  }

  static ServiceOrder order(String... modules) {
    return new ServiceOrder("cache", "9.0", Set.of(modules), 256, Map.of("password", "pw"), SETUP);
  }

  @Test
  void dataIsKeptWhereThatIsSwitchedOn() {
    assertThat(TEMPLATE.plan(order()).main().volumes()).isEmpty();
    var kept = TEMPLATE.plan(order("persistence")).main();
    assertThat(kept.volumes()).containsKey("/data");
    assertThat(kept.files().get("/etc/valkey/valkey.conf"))
        .contains("appendonly yes", "maxmemory 192mb", "maxmemory-policy allkeys-lru");
  }

  @Test
  void othersGetAnAddressWithThePassword() {
    assertThat(TEMPLATE.outputs(order(), new ServiceAddress("cache.internal", 7000)))
        .containsEntry("URL", "redis://default:pw@cache.internal:7000");
  }
}
