package dev.slipway.agent.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The vector on which two other implementations agree. */
class SealedBoxTest {
  private static final String BLOB =
      "c7LYt2qptTZgAyvI9di+46OuTjs6f9Sa3oH3NHo0qmgDAwMDAwMDAwMDAwMRsaYQG11iHBKuxUt8Z1OLYapsOGFD";

  private static SealedBox box() {
    var scalar = new byte[32];
    Arrays.fill(scalar, (byte) 7);
    return SealedBox.ofScalar(scalar);
  }

  @Test
  void publicKeyIsTheVectors() {
    assertThat(HexFormat.of().formatHex(box().publicKey()))
        .isEqualTo("13be4feaeaf204c7fd3358fc9c00721881d174278128227ec674f37f7fe97b6d");
  }

  @Test
  void blobOpens() throws Exception {
    assertThat(box().open(BLOB)).isEqualTo("secret");
  }

  @Test
  void everyChangedByteIsRefused() {
    var blob = Base64.getDecoder().decode(BLOB);
    for (int i = 0; i < blob.length; i++) {
      var changed = blob.clone();
      changed[i] ^= 1;
      assertThatThrownBy(() -> box().open(Base64.getEncoder().encodeToString(changed)))
          .as("byte " + i)
          .isInstanceOf(SealedBox.Refused.class);
    }
  }

  @Test
  void otherTextsAreRefusedWithoutEcho() {
    for (var text : new String[] {"", "AAAA", "not base64!", BLOB.substring(4)}) {
      assertThatThrownBy(() -> box().open(text)).isInstanceOf(SealedBox.Refused.class);
    }
  }
}
