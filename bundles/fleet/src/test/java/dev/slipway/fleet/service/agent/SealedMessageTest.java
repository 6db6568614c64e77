package dev.slipway.fleet.service.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The vector on which two other implementations, and our agent, agree. */
class SealedMessageTest {
  private static final String AGENT_KEY =
      key("13be4feaeaf204c7fd3358fc9c00721881d174278128227ec674f37f7fe97b6d");

  private static String key(String hex) {
    return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
  }

  private static byte[] filled(int length, int value) {
    var bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  @Test
  void aMessageIsTheVectors() {
    assertThat(SealedMessage.of("secret", AGENT_KEY, filled(32, 0x0b), filled(12, 3)))
        .isEqualTo(
            "c7LYt2qptTZgAyvI9di+46OuTjs6f9Sa3oH3NHo0qmgDAwMDAwMDAwMDAwMRsaYQG11iHBKuxUt8Z1OLYapsOGFD");
  }

  @Test
  void noTwoMessagesAreTheSame() {
    assertThat(SealedMessage.of("secret", AGENT_KEY))
        .isNotEqualTo(SealedMessage.of("secret", AGENT_KEY));
  }

  @Test
  void keysThatMakeTheSecretKnownToAllAreRefused() {
    var lowOrder =
        new String[] {
          "00".repeat(32),
          "01" + "00".repeat(31),
          "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
        };
    for (var hex : lowOrder) {
      assertThatThrownBy(() -> SealedMessage.of("secret", key(hex)))
          .as(hex)
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> SealedMessage.of("secret", "AAAA"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
