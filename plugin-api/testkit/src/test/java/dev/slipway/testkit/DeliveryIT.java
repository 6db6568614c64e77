package dev.slipway.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Scope;
import dev.slipway.api.event.EventFilter;
import dev.slipway.api.event.StoredEvent;
import dev.slipway.api.mail.MailMessage;
import dev.slipway.data.Database;
import dev.slipway.mail.Delivery;
import dev.slipway.mail.Outbox;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of mail that a server does not take at once, and how it travels. */
class DeliveryIT {
  private static final Scope PLATFORM = Scope.platform("test");
  private static final long PATIENCE_NANOS = 20_000_000_000L;

  @TempDir static Path folder;

  final TestPlatform platform = TestPlatform.start();
  final Database db = platform.database("mail", Outbox.class.getClassLoader());
  private @Nullable ScriptedSmtp server;
  private @Nullable Delivery delivery;
  private @Nullable Outbox outbox;

  /** A message that waits or was given up; times in seconds. */
  public record Row(
      UUID id, String status, boolean readable, int attempts, String error, int pause) {}

  /** Statements on what waits. */
  public interface Waiting {
    @Select(
        "select id, status, content is not null as readable, attempts,"
            + " coalesce(last_error, '') as error,"
            + " round(extract(epoch from due_at - now()))::int as pause from mail_message")
    List<Row> rows();

    @Update("update mail_message set due_at = now() where status = 'queued'")
    int due();

    @Update("update mail_message set attempts = 11")
    int lastButOne();
  }

  @AfterEach
  void stop() throws Exception {
    if (delivery != null) {
      delivery.close();
    }
    if (server != null) {
      server.close();
    }
    platform.close();
  }

  ScriptedSmtp through(ScriptedSmtp smtp, String parameters, @Nullable String ca) {
    server = smtp;
    platform.facts().set("slipway.smtp.url", smtp.url() + parameters);
    platform.facts().set("slipway.smtp.from", "platform@example.com");
    if (ca != null) {
      platform.facts().set("slipway.smtp.ca", ca);
    }
    outbox =
        new Outbox(
            db,
            platform.events(),
            platform.signals(),
            platform.secrets(),
            platform.json(),
            platform.facts());
    delivery =
        new Delivery(
            db,
            platform.events(),
            platform.signals(),
            platform.secrets(),
            platform.json(),
            platform.facts());
    return smtp;
  }

  ScriptedSmtp plain() throws Exception {
    return through(ScriptedSmtp.plain(), "?tls=none", null);
  }

  void queue(String... recipients) {
    db.run(
        PLATFORM,
        () -> {
          for (var recipient : recipients) {
            outbox.queue(
                new MailMessage(recipient, "Hello", "Hello", List.of("A line", ".", ".dots"))
                    .withButton("Open", URI.create("https://example.com/?token=s3cret")));
          }
        });
  }

  List<Row> rows() {
    return db.read(PLATFORM, () -> db.mapper(Waiting.class).rows());
  }

  Row only() {
    assertThat(rows()).hasSize(1);
    return rows().getFirst();
  }

  void dueNow() {
    db.write(PLATFORM, () -> db.mapper(Waiting.class).due());
  }

  static <T> T await(String what, Supplier<@Nullable T> look) {
    var deadline = System.nanoTime() + PATIENCE_NANOS;
    while (System.nanoTime() < deadline) {
      var found = look.get();
      if (found != null) {
        return found;
      }
      LockSupport.parkNanos(10_000_000);
    }
    throw new AssertionError("never came: " + what);
  }

  ScriptedSmtp.Taken arrived(String recipient) {
    return await(
        "mail to " + recipient,
        () -> server.to(recipient).isEmpty() ? null : server.to(recipient).getFirst());
  }

  Row settled() {
    return await(
        "an outcome",
        () -> rows().stream().filter(row -> !row.error().isEmpty()).findFirst().orElse(null));
  }

  List<StoredEvent> failures() {
    return platform.events().after(PLATFORM, EventFilter.types("mail.message.failed"), null, 10);
  }

  @Test
  void whatIsRefusedForNowIsTriedAgainLater() throws Exception {
    var smtp = plain();
    smtp.recipients.put("full@example.com", "452 4.2.2 mailbox full");
    smtp.contents.put("grey@example.com", "451 4.7.1 greylisted");
    for (var refused :
        Map.of("full@example.com", "mailbox full", "grey@example.com", "greylisted").entrySet()) {
      queue(refused.getKey());
      var row = settled();
      assertThat(row.status()).isEqualTo("queued");
      assertThat(row.attempts()).isEqualTo(1);
      assertThat(row.error()).contains(refused.getValue());
      assertThat(row.pause()).isBetween(1, 30);

      dueNow();
      delivery.run();
      assertThat(only().attempts()).isEqualTo(2);
      assertThat(only().pause()).as("longer each time").isBetween(31, 60);
      delivery.run();
      assertThat(only().attempts()).as("not before it is due").isEqualTo(2);

      smtp.recipients.clear();
      smtp.contents.clear();
      dueNow();
      delivery.run();
      assertThat(smtp.to(refused.getKey())).hasSize(1);
      assertThat(rows()).isEmpty();
      smtp.contents.put("grey@example.com", "451 4.7.1 greylisted");
      smtp.recipients.put("full@example.com", "452 4.2.2 mailbox full");
    }
    assertThat(failures()).isEmpty();
  }

  @Test
  void whatIsRefusedForGoodIsGivenUpAndSaidWhy() throws Exception {
    var smtp = plain();
    smtp.recipients.put("gone@example.com", "550 5.1.1 no such user");
    queue("gone@example.com", "there@example.com");
    arrived("there@example.com");
    var row = settled();
    assertThat(row.status()).isEqualTo("failed");
    assertThat(row.readable()).as("links are not kept").isFalse();
    assertThat(row.error()).contains("550 5.1.1 no such user");
    var failure = await("the event", () -> failures().isEmpty() ? null : failures().getFirst());
    assertThat(failure.text("recipient")).isEqualTo("gone@example.com");
    assertThat(failure.text("subject")).isEqualTo("Hello");
    assertThat(failure.text("error")).contains("no such user");
    assertThat(failure.data().toString()).doesNotContain("s3cret");

    dueNow();
    delivery.run();
    assertThat(smtp.named).containsOnlyOnce("gone@example.com");
    assertThat(smtp.to("there@example.com")).hasSize(1);
  }

  @Test
  void contentRefusedForGoodIsGivenUpToo() throws Exception {
    var smtp = plain();
    smtp.contents.put("strict@example.com", "554 5.7.1 looks like spam");
    queue("strict@example.com");
    assertThat(settled().status()).isEqualTo("failed");
    assertThat(failures()).hasSize(1);
  }

  @Test
  void theTwelfthAttemptIsTheLast() throws Exception {
    var smtp = plain();
    smtp.recipients.put("full@example.com", "452 4.2.2 mailbox full");
    queue("full@example.com");
    settled();
    db.write(PLATFORM, () -> db.mapper(Waiting.class).lastButOne());
    dueNow();
    delivery.run();
    assertThat(only().status()).isEqualTo("failed");
    assertThat(failures())
        .singleElement()
        .satisfies(event -> assertThat(event.data()).containsEntry("attempts", 12));
  }

  @Test
  void aServerThatHangsUpGetsTheRestOverANewConnection() throws Exception {
    var smtp = plain();
    smtp.droppedAfter.add("one@example.com");
    queue("one@example.com", "two@example.com");
    arrived("one@example.com");
    arrived("two@example.com");
    await("an empty outbox", () -> rows().isEmpty() ? true : null);
    assertThat(smtp.taken).hasSize(2);
  }

  @Test
  void noServerIsNoReasonToLoseMail() throws Exception {
    var smtp = plain();
    smtp.close();
    queue("patient@example.com");
    var row = settled();
    assertThat(row.status()).isEqualTo("queued");
    assertThat(row.attempts()).isEqualTo(1);
    assertThat(failures()).isEmpty();
  }

  @Test
  void travelsEncrypted() throws Exception {
    var certificate = TestCertificate.of(folder, "ip:127.0.0.1");
    for (var tls : List.of(ScriptedSmtp.Tls.STARTTLS, ScriptedSmtp.Tls.IMPLICIT)) {
      if (delivery != null) {
        delivery.close();
        server.close();
      }
      through(ScriptedSmtp.encrypted(tls, certificate.server()), "", certificate.pem());
      queue("safe@example.com");
      var mail = arrived("safe@example.com");
      assertThat(mail.encrypted()).as("%s", tls).isTrue();
      assertThat(mail.data()).contains("s3cret").contains("\r\n.\r\n").contains("\r\n.dots\r\n");
    }
  }

  private void staysHere(ScriptedSmtp smtp, @Nullable String ca) {
    through(smtp, "", ca);
    queue("safe@example.com");
    var row = settled();
    assertThat(row.status()).isEqualTo("queued");
    assertThat(smtp.named).isEmpty();
    assertThat(smtp.taken).isEmpty();
  }

  @Test
  void staysHereWhereTheServerDoesNotEncrypt() throws Exception {
    staysHere(ScriptedSmtp.plain(), null);
  }

  @Test
  void staysHereWhereNobodyKnowsTheCertificate() throws Exception {
    var theirs = TestCertificate.of(folder, "ip:127.0.0.1");
    staysHere(
        ScriptedSmtp.encrypted(ScriptedSmtp.Tls.STARTTLS, theirs.server()),
        TestCertificate.of(folder, "ip:127.0.0.1").pem());
  }

  @Test
  void staysHereWhereTheCertificateIsOfAnotherServer() throws Exception {
    var other = TestCertificate.of(folder, "ip:192.0.2.7");
    staysHere(ScriptedSmtp.encrypted(ScriptedSmtp.Tls.IMPLICIT, other.server()), other.pem());
  }

  @Test
  void noTextBecomesAHeader() throws Exception {
    plain();
    var evil = "Hi\r\nBcc: all@example.com\r\n\r\n<b>\u0085\u2028Cc: all@example.com\0";
    db.run(
        PLATFORM,
        () ->
            outbox.queue(
                new MailMessage("ann@example.com", evil, evil, List.of(evil))
                    .withButton(evil, URI.create("https://example.com/"))));
    var mail = arrived("ann@example.com");
    assertThat(mail.header())
        .noneMatch(line -> line.startsWith("Bcc") || line.startsWith("Cc"))
        .filteredOn(line -> line.startsWith("Subject: "))
        .singleElement()
        .asString()
        .contains("Hi Bcc: all@example.com <b> Cc: all@example.com");
    assertThat(mail.data()).contains("&lt;b&gt;");
    assertThat(server.named).containsExactly("ann@example.com");
    for (var address :
        List.of(
            "a@example.com\r\nRCPT TO:<b@example.com>",
            "a@example.com,b@example.com",
            "a@\u0085b")) {
      org.assertj.core.api.Assertions.assertThatIllegalArgumentException()
          .isThrownBy(() -> new MailMessage(address, "Hi", "Hi", List.of()));
    }
  }
}
