package dev.slipway.testkit.contract;

import dev.slipway.api.Ids;
import dev.slipway.api.notification.Notification;
import dev.slipway.api.notification.Notification.Severity;
import dev.slipway.api.notification.NotificationChannel;
import dev.slipway.api.offering.Setup;
import java.net.URI;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicNode;

/** What every {@link NotificationChannel} promises; for a {@code @TestFactory}. */
public final class NotificationChannelContract {
  private static final int AT_A_TIME = 8;
  private static final int LONGEST_TITLE = 200;
  private static final int LONGEST_TEXT = 4_000;
  private static final int MOST_FACTS = 20;

  private NotificationChannelContract() {}

  /**
   * The cases.
   *
   * @param remote takes what the channel sends; one request for each notification
   */
  public static Stream<DynamicNode> tests(Remote<? extends NotificationChannel> remote) {
    var cases = new Cases();
    Remote.addDescription(cases, remote.offering(), remote.usual());
    cases.add("one notification is one request that tells it", () -> told(remote));
    for (var severity : Severity.values()) {
      cases.add(severity + " is taken", () -> taken(remote, of(severity, "A title", "A text")));
    }
    cases.add(
        "a matter that is over is taken",
        () ->
            taken(remote, of(Severity.INFO, "Well again", "").about("disk of web-1").asResolved()));
    cases.add("the longest is taken", () -> taken(remote, longest()));
    cases.add(
        "whatever others have written is taken as text",
        () ->
            taken(
                remote,
                of(Severity.WARNING, "\"}],<b>'\\ \u0001 ä 火 🜂", "first\n\"second\"\r\n\tthird")));
    cases.add("several are sent at a time", () -> together(remote));
    remote.addFailures(cases, setup -> send(remote, setup, of(Severity.INFO, "A title", "")));
    return cases.all();
  }

  private static Notification of(Severity severity, String title, String text) {
    return Notification.of(Ids.next(), severity, title, text);
  }

  private static Notification longest() {
    var notification =
        of(Severity.CRITICAL, "t".repeat(LONGEST_TITLE), "ä".repeat(LONGEST_TEXT))
            .withLink(URI.create("https://example.org/incidents/1?tab=log#end"));
    for (var fact = 0; fact < MOST_FACTS; fact++) {
      notification = notification.withFact("fact " + fact, "value " + fact);
    }
    return notification;
  }

  private static void told(Remote<? extends NotificationChannel> remote) throws Exception {
    remote.side().recover();
    send(remote, remote.usual(), of(Severity.CRITICAL, "Disk is full", "It has 0 bytes left."));
    Assertions.assertEquals(1, remote.side().requests().size(), "requests");
    var body = remote.side().requests().getFirst().body();
    Assertions.assertTrue(body.contains("Disk is full"), "the title is not in " + body);
    Assertions.assertTrue(body.contains("It has 0 bytes left."), "the text is not in " + body);
  }

  private static void taken(Remote<? extends NotificationChannel> remote, Notification notification)
      throws Exception {
    remote.side().recover();
    send(remote, remote.usual(), notification);
  }

  private static void together(Remote<? extends NotificationChannel> remote) throws Exception {
    remote.side().recover();
    var setup = remote.usual();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var sent = new ArrayList<Future<?>>();
      for (var count = 0; count < AT_A_TIME; count++) {
        var title = "Number " + count;
        sent.add(
            threads.submit(
                () -> {
                  send(remote, setup, of(Severity.INFO, title, ""));
                  return true;
                }));
      }
      for (var each : sent) {
        each.get();
      }
    }
    Assertions.assertEquals(AT_A_TIME, remote.side().requests().size(), "requests");
  }

  private static void send(
      Remote<? extends NotificationChannel> remote, Setup setup, Notification notification)
      throws Exception {
    var receipt = remote.offering().send(notification, setup);
    Assertions.assertTrue(
        receipt.status() == 0 || receipt.status() / 100 == 2, "status " + receipt.status());
  }
}
