package dev.slipway.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmtpSettingsTest {
  @Test
  void demandsEncryptionUnlessToldOtherwise() {
    var upgraded = SmtpSettings.parse("smtp://mail.example.com", null, null);
    assertThat(upgraded.port()).isEqualTo(587);
    assertThat(upgraded.properties())
        .containsEntry("mail.smtp.starttls.required", "true")
        .containsEntry("mail.smtp.ssl.checkserveridentity", "true")
        .containsEntry("mail.smtp.auth", "false");
    var encrypted = SmtpSettings.parse("smtps://a%40b.example:s3cret@mail.example.com", null, null);
    assertThat(encrypted.port()).isEqualTo(465);
    assertThat(encrypted.from()).isEqualTo("a@b.example");
    assertThat(encrypted.properties())
        .containsEntry("mail.smtp.ssl.enable", "true")
        .containsEntry("mail.smtp.auth", "true");
    assertThat(encrypted).asString().doesNotContain("s3cret");
    var plain = SmtpSettings.parse("smtp://localhost:25?tls=none", null, "ops@example.com");
    assertThat(plain.from()).isEqualTo("ops@example.com");
    assertThat(plain.properties()).containsEntry("mail.smtp.starttls.enable", "false");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mail.example.com",
        "http://mail.example.com",
        "smtp://",
        "smtp://user@mail.example.com",
        "smtp://mail.example.com?tls=maybe",
        "smtp://us er:s3cret@mail"
      })
  void refusesWhatIsNoServerWithoutRepeatingIt(String url) {
    assertThatThrownBy(() -> SmtpSettings.parse(url, null, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("slipway.smtp.url ")
        .hasMessageNotContaining("s3cret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n"})
  void refusesCertificatesThatAreNone(String pem) {
    var settings = SmtpSettings.parse("smtp://mail.example.com", null, null);
    assertThatThrownBy(() -> settings.trusting(pem))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("slipway.smtp.ca ");
  }

  @Test
  void pausesGrowToFourHours() {
    assertThat(Delivery.pause(1)).hasSeconds(30);
    assertThat(Delivery.pause(2)).hasSeconds(60);
    assertThat(Delivery.pause(Delivery.ATTEMPTS)).hasHours(4);
  }
}
