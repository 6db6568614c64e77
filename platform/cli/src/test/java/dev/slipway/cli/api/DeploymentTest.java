package dev.slipway.cli.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class DeploymentTest {
  private final ObjectNode app = JsonNodeFactory.instance.objectNode();
  private final ObjectNode deployment = JsonNodeFactory.instance.objectNode();

  private String url() {
    return Deployment.of(deployment).url(App.of(app));
  }

  @Test
  void thePreviewAddressGoesFirst() {
    assertThat(url()).isNull();
    app.put("primary_domain", "shop.example");
    assertThat(url()).isEqualTo("http://shop.example");
    app.put("primary_domain", "https://shop.example");
    assertThat(url()).isEqualTo("https://shop.example");
    deployment.put("preview_url", "https://pr-1.example");
    assertThat(url()).isEqualTo("https://pr-1.example");
  }

  @Test
  void aStatusOfALaterPlatformGoesOn() {
    assertThat(Deployment.of(deployment.put("status", "warming")).hasEnded()).isFalse();
    assertThat(Deployment.of(deployment.put("status", "superseded")).hasEnded()).isTrue();
    assertThat(Deployment.of(deployment).isLive()).isFalse();
  }
}
