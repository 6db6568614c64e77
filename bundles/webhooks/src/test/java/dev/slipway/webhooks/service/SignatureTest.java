package dev.slipway.webhooks.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Values computed by other programs. */
class SignatureTest {
  static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  static final String BODY = "{\"test\": 2432232314}";

  @Test
  void theStandardOneIsThatOfTheSpecification() {
    var id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    var signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    assertThat(Signature.standard(List.of(SECRET), id, 1614265330, BODY)).isEqualTo(signature);
    assertThat(Signature.standard(List.of(SECRET, SECRET), id, 1614265330, BODY))
        .isEqualTo(signature + " " + signature);
  }

  @Test
  void thePlainOneIsHex() {
    assertThat(Signature.plain(SECRET, BODY))
        .isEqualTo("80ec8a89ce3cd22133a1066caecb4d04fea7467657c8514d717ec42c38a5c94c");
  }
}
