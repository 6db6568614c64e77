package dev.slipway.cli.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GrpcListenerTest {
  private static Optional<URI> told(String listener, String platform) {
    var answer = JsonNodeFactory.instance.objectNode().put("grpc_url", listener);
    return GrpcListener.told(answer, URI.create(platform));
  }

  @Test
  void credentialsGoNowhereWhereTheyAreLessSafe() {
    assertThat(told("http://10.0.0.1:8081", "http://10.0.0.1:8080")).isPresent();
    assertThat(told("https://grpc.example.com", "https://example.com")).isPresent();
    assertThat(told("https://grpc.example.com", "http://example.com")).isPresent();
    assertThat(told("http://example.com:8081", "https://example.com")).isEmpty();
    assertThat(told("http://127.0.0.1:8081", "http://example.com")).isEmpty();
  }

  @Test
  void whatIsNoAddressIsPassedOver() {
    for (var listener : new String[] {"", "nonsense", "http://", "a b", "ftp://127.0.0.1:1"}) {
      assertThat(told(listener, "http://127.0.0.1:8080")).as(listener).isEmpty();
    }
    assertThat(GrpcListener.told(JsonNodeFactory.instance.objectNode(), URI.create("http://a")))
        .isEmpty();
  }
}
