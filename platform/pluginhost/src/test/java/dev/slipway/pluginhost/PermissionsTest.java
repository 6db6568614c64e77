package dev.slipway.pluginhost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.event.EventFilter;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PermissionsTest {
  private static Permissions granted(String... permissions) {
    return Permissions.of("com.example.chat", List.of(permissions));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "egress:api.example.org",
        "egress:*.example.org:8443",
        "egress:*",
        "events:apps.app.created",
        "events:apps.*",
        "events:*",
        "publish:apps.app.created",
        "scripts:chat.send"
      })
  void wellFormedOneIsRead(String text) {
    assertThat(Permission.parse(text)).hasToString("Optional[" + text + "]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "egress",
        "egress:",
        "egress:a b",
        "egress:a.*.b",
        "egress:http://a",
        "events:A.b",
        "events:a*",
        "database:all",
        "EGRESS:a"
      })
  void anythingElseIsNone(String text) {
    assertThat(Permission.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "egress:api.example.org, api.example.org, 443, true",
    "egress:api.example.org, API.Example.org, 8080, true",
    "egress:api.example.org, evil.api.example.org, 443, false",
    "egress:api.example.org:443, api.example.org, 8443, false",
    "egress:*.example.org, api.example.org, 443, true",
    "egress:*.example.org, example.org, 443, false",
    "egress:*.example.org, evilexample.org, 443, false",
    "egress:*, anything, 1, true",
    "events:*, anything, 1, false"
  })
  void hostsAreReachedAsGranted(String permission, String host, int port, boolean may) {
    assertThat(granted(permission).mayReach(host, port)).isEqualTo(may);
  }

  @Test
  void ownEventsNeedNoGrant() {
    assertThat(granted().mayHear("chat.message.sent")).isTrue();
    assertThat(granted().mayPublish("chat.message.sent")).isTrue();
    assertThat(granted().mayPublish("chatter.message.sent")).isFalse();
    assertThat(granted("events:apps.*").mayPublish("apps.app.created")).isFalse();
    assertThat(granted("publish:apps.*").mayPublish("apps.app.created")).isTrue();
    assertThat(granted("publish:apps.*").mayHear("apps.app.created")).isFalse();
  }

  @Test
  void filterIsNarrowedToWhatIsGranted() {
    var wanted = EventFilter.types("apps.app.created", "fleet.*", "billing.invoice.paid");
    var heard = granted("events:apps.*", "events:fleet.server.added").heard(wanted);
    assertThat(heard.orElseThrow().types())
        .isEqualTo(Set.of("apps.app.created", "fleet.server.added"));
    assertThat(granted().heard(wanted)).isEmpty();
    assertThat(granted("events:*").heard(wanted)).contains(wanted);
  }

  @Test
  void filterForAllHearsNoMoreThanIsGranted() {
    var all = new EventFilter(Set.of(), null);
    assertThat(granted("events:apps.*").heard(all).orElseThrow().types())
        .isEqualTo(Set.of("apps.*", "chat.*"));
    assertThat(granted().heard(all).orElseThrow().types()).isEqualTo(Set.of("chat.*"));
  }

  @Test
  void allowanceFillsUpAgain() {
    var allowance = new Allowance(2, 10);
    assertThat(allowance.take(0)).isTrue();
    assertThat(allowance.take(0)).isTrue();
    assertThat(allowance.take(1)).isFalse();
    assertThat(allowance.take(100_000_001)).isTrue();
    assertThat(allowance.take(100_000_002)).isFalse();
  }
}
