package com.example.ntfy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Ids;
import dev.slipway.api.notification.Notification;
import dev.slipway.api.notification.Notification.Severity;
import dev.slipway.api.offering.Setup;
import dev.slipway.testkit.Parts;
import dev.slipway.testkit.RemoteHttp;
import dev.slipway.testkit.RemoteHttp.Reply;
import dev.slipway.testkit.contract.NotificationChannelContract;
import dev.slipway.testkit.contract.Remote;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class NtfyChannelIT {
  static final String TOKEN = "tk_of-the-test";
  static final List<Map<?, ?>> TOPIC = new CopyOnWriteArrayList<>();
  static final RemoteHttp SERVER = RemoteHttp.start(NtfyChannelIT::publish);
  static final NtfyChannel CHANNEL = new NtfyChannel(Parts.egress(), Parts.json());

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  /** As an ntfy server takes messages. */
  static Reply publish(RemoteHttp.Request request) {
    if (!request.header("Authorization").equals("Bearer " + TOKEN)) {
      return new Reply(403, "{\"code\":40301,\"http\":403,\"error\":\"forbidden\"}");
    }
    var message = Parts.json().read(request.body(), Map.class);
    if (!request.method().equals("POST")
        || !String.valueOf(message.get("topic")).matches("[A-Za-z0-9_-]{1,64}")) {
      return new Reply(400, "{\"code\":40009,\"http\":400,\"error\":\"topic invalid\"}");
    }
    TOPIC.add(message);
    return new Reply(200, "{\"id\":\"" + Ids.next() + "\",\"event\":\"message\"}");
  }

  static Setup setup(URI url) {
    return new Setup(Map.of("url", url.toString(), "topic", "ops", "token", TOKEN));
  }

  @TestFactory
  Stream<DynamicNode> contract() {
    return NotificationChannelContract.tests(new Remote<>(CHANNEL, SERVER, NtfyChannelIT::setup));
  }

  @Test
  void alertRingsAndItsEndDoesNot() throws Exception {
    var alert =
        Notification.of(Ids.next(), Severity.CRITICAL, "Disk is full", "On web-1.")
            .withFact("free", "0 bytes")
            .withLink(URI.create("https://example.org/servers/1"));
    CHANNEL.send(alert, setup(SERVER.url()));
    assertThat(TOPIC.getLast().get("priority")).isEqualTo(5);
    assertThat(TOPIC.getLast().get("message")).isEqualTo("On web-1.\n\nfree: 0 bytes");
    assertThat(TOPIC.getLast().get("click")).isEqualTo("https://example.org/servers/1");
    CHANNEL.send(alert.asResolved(), setup(SERVER.url()));
    assertThat(TOPIC.getLast().get("priority")).isEqualTo(2);
    assertThat(TOPIC.getLast().get("tags")).isEqualTo(List.of("white_check_mark"));
  }
}
