package dev.slipway.cli.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

class ApiRequestTest {
  private static final URI BASE = URI.create("http://host:1/base");

  private static String on(ApiRequest request) {
    return request.on(BASE).toString();
  }

  @Test
  void valuesStayInTheirSegment() {
    assertThat(on(ApiRequest.get("/api/a/{id}/b/{other}", "x/../y?z#", "é b")))
        .isEqualTo("http://host:1/base/api/a/x%2F..%2Fy%3Fz%23/b/%C3%A9%20b");
    assertThat(on(ApiRequest.get("/api/a/{id}", ".."))).endsWith("/a/%2E%2E");
  }

  @Test
  void parametersAreEncodedAndAbsentOnesLeftOut() {
    var request = ApiRequest.get("/x").query("m", "a&b=c +").query("n", null).query("k", 5);
    assertThat(on(request)).endsWith("/x?k=5&m=a%26b%3Dc%20%2B");
  }

  @Test
  void onlyCreatingCallsCarryAKeyAndKeepIt() {
    var create = ApiRequest.create("/x");
    assertThat(create.idempotencyKey()).isNotBlank();
    assertThat(create.query("a", 1).as(Access.USER).idempotencyKey())
        .isEqualTo(create.idempotencyKey());
    assertThat(ApiRequest.create("/x").idempotencyKey()).isNotEqualTo(create.idempotencyKey());
    assertThat(ApiRequest.post("/x").repeatable()).isFalse();
    assertThat(create.repeatable()).isTrue();
  }
}
