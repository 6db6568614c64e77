package dev.slipway.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.Scope;
import dev.slipway.api.event.EventFilter;
import dev.slipway.api.event.StoredEvent;
import dev.slipway.api.mail.MailHeld;
import dev.slipway.api.mail.MailMessage;
import dev.slipway.api.spi.Integration;
import dev.slipway.data.Database;
import dev.slipway.mail.Delivery;
import dev.slipway.mail.SmtpIntegration;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** From the unit of work to the reader, over a real mail server. */
class MailIT {
  private static final Scope PLATFORM = Scope.platform("test");

  final TestPlatform platform = TestPlatform.start();
  final Database db = platform.database("mail", MailIT.class.getClassLoader());

  @AfterEach
  void stop() throws Exception {
    platform.close();
  }

  static MailMessage message(String recipient) {
    return new MailMessage(
            recipient, "Grüße \uD83D\uDC4B", "Hello", List.of("Ärger & <b>Freude</b>"))
        .withButton("Open", URI.create("https://example.com/verify?token=s3cret-token"));
  }

  List<StoredEvent> events(String type) {
    return platform.events().after(PLATFORM, EventFilter.types(type), null, 10);
  }

  @Test
  void theAdminAreaSeesHowTheServerIs() {
    var facts = platform.facts();
    assertThat(new SmtpIntegration(facts).check().status())
        .isEqualTo(Integration.Status.NOT_CONFIGURED);
    facts.set("slipway.smtp.url", "smtp://127.0.0.1:1?tls=none");
    assertThat(new SmtpIntegration(facts).check().status()).isEqualTo(Integration.Status.UNHEALTHY);
    platform.mailBox();
    var integration = new SmtpIntegration(facts);
    assertThat(integration.name()).isEqualTo("email");
    assertThat(integration.check())
        .isEqualTo(new Integration.Check(Integration.Status.HEALTHY, null));
  }

  @Test
  void eachMessageCountsAsACall() throws Exception {
    var counted = new AtomicInteger();
    try (var box = MailBox.start()) {
      platform.facts().set("slipway.smtp.url", box.url());
      try (var delivery =
          new Delivery(
              db,
              platform.events(),
              platform.signals(),
              platform.secrets(),
              platform.json(),
              platform.facts())) {
        delivery.setCounted(name -> counted.addAndGet(name.equals("email") ? 1 : 1000));
        db.run(
            PLATFORM,
            () -> {
              platform.mail().queue(message("ann@example.com"));
              platform.mail().queue(message("bob@example.com"));
            });
        box.await("ann@example.com");
        box.await("bob@example.com");
      }
    }
    assertThat(counted).hasValue(2);
  }

  @Test
  void whatIsCommittedArrivesInBothParts() {
    var box = platform.mailBox();
    db.run(PLATFORM, () -> platform.mail().queue(message("ann@example.com")));
    var mail = box.await("ann@example.com");
    assertThat(mail.subject()).isEqualTo("Grüße \uD83D\uDC4B");
    assertThat(mail.text()).contains("Ärger & <b>Freude</b>");
    assertThat(mail.html()).contains("Ärger &amp; &lt;b&gt;Freude&lt;/b&gt;");
    assertThat(mail.parameter("token")).isEqualTo("s3cret-token");
    assertThat(mail.headers()).contains("Auto-Submitted: auto-generated");
    assertThat(events(MailHeld.TYPE)).isEmpty();
  }

  @Test
  void whatIsRolledBackIsNeverSent() {
    var box = platform.mailBox();
    assertThatThrownBy(
            () ->
                db.run(
                    PLATFORM,
                    () -> {
                      platform.mail().queue(message("rolled-back@example.com"));
                      throw new IllegalStateException("on purpose");
                    }))
        .hasMessage("on purpose");
    db.run(PLATFORM, () -> platform.mail().queue(message("later@example.com")));
    box.await("later@example.com");
    assertThat(box.to("rolled-back@example.com")).isEmpty();
    assertThatThrownBy(() -> platform.mail().queue(message("nowhere@example.com")))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void withoutAServerTheLinkIsKeptSealed() {
    assertThat(platform.mail().configured()).isFalse();
    db.run(PLATFORM, () -> platform.mail().queue(message("held@example.com")));
    var held = events(MailHeld.TYPE);
    assertThat(held).hasSize(1);
    var event = held.getFirst();
    assertThat(event.tenantId()).isNull();
    assertThat(event.text("recipient")).isEqualTo("held@example.com");
    assertThat(event.data().toString()).doesNotContain("s3cret-token");
    var link = Objects.requireNonNull(event.text("link"));
    assertThat(platform.secrets().open(null, MailHeld.place(event.subjectId()), link))
        .isEqualTo("https://example.com/verify?token=s3cret-token");
  }
}
