package dev.slipway.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.mail.MailMessage;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayoutTest {
  @Test
  void whatPeopleWriteIsTextInBothParts() {
    var evil = "<script>alert('1')</script>\r\nBcc: all@example.com %s";
    var message =
        new MailMessage("a@example.com", evil, evil, List.of(evil))
            .withButton(evil, URI.create("https://example.com/x?token=a&next=b"));
    assertThat(message.subject()).doesNotContain("\r").doesNotContain("\n");
    var html = Layout.html(message);
    assertThat(html)
        .doesNotContain("<script>")
        .contains("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;")
        .contains("href=\"https://example.com/x?token=a&amp;next=b\"");
    assertThat(Layout.text(message)).contains("\nhttps://example.com/x?token=a&next=b\n");
  }

  @Test
  void cutsWhatIsTooLong() {
    var message = new MailMessage("a@example.com", "x".repeat(900), "h", List.of());
    assertThat(message.subject()).hasSize(200).endsWith("\u2026");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a", "a@b\r\nBcc: c@d", "a@b, c@d", "<a@b>", "a b@c", "a@b@c;d", "a@b\u0000"})
  void refusesWhatIsNoBareAddress(String recipient) {
    assertThatThrownBy(() -> new MailMessage(recipient, "s", "h", List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aButtonLeadsToTheWebAlone() {
    var message = new MailMessage("a@example.com", "s", "h", List.of());
    assertThatThrownBy(() -> message.withButton("x", URI.create("javascript:alert(1)")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(message.withButton("x", URI.create("https://a/?t=s3cret")).toString())
        .doesNotContain("s3cret");
  }
}
