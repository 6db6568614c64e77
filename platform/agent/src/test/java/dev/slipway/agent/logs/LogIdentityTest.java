package dev.slipway.agent.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.agent.runtime.InstanceLine;
import dev.slipway.proto.agent.v1.AppContainerMapping;
import dev.slipway.proto.agent.v1.LogEntry;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogIdentityTest {
  private static final Instant START = Instant.parse("2026-11-30T12:00:00Z");

  private final LogIdentity identity = new LogIdentity();

  private LogEntry line(String instance, Instant written) {
    return line(instance, "", written);
  }

  private LogEntry line(String instance, String service, Instant written) {
    var nanos = written.getEpochSecond() * 1_000_000_000L;
    var line =
        new InstanceLine(nanos, instance, "id", "shop", "web", service, "image", false, "hello");
    return identity.entry(line, "process");
  }

  private static List<AppContainerMapping> shop() {
    return List.of(
        AppContainerMapping.newBuilder()
            .setContainerName("shop-1")
            .setAppId("app")
            .setDeploymentId("deployment")
            .build());
  }

  @Test
  void aLineBeforeTheMappingWaitsForItAndGetsIt() {
    identity.learn(List.of(), START.minusSeconds(1));
    var early = List.of(line("shop-1", START));
    assertThat(early.getFirst().getAppId()).isEmpty();
    assertThat(identity.awaited(early, START.plusSeconds(1))).isTrue();
    identity.learn(shop(), START.plusSeconds(1));
    assertThat(identity.awaited(early, START.plusSeconds(2))).isFalse();
    assertThat(identity.named(early))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.getAppId()).isEqualTo("app");
              assertThat(entry.getDeploymentId()).isEqualTo("deployment");
            });
  }

  @Test
  void anAnswerToAnEarlierQuestionSettlesNothing() {
    identity.learn(List.of(), START.minusSeconds(1));
    var early = List.of(line("shop-1", START));
    assertThat(identity.awaited(early, START)).isTrue();
    identity.learn(List.of(), START.plusSeconds(1));
    assertThat(identity.awaited(early, START.plusSeconds(2))).as("now it was asked").isFalse();
  }

  @Test
  void nobodysInstanceIsWaitedForOnce() {
    identity.learn(List.of(), START.plusSeconds(1));
    assertThat(identity.awaited(List.of(line("other", START)), START.plusSeconds(1))).isFalse();
    var later = List.of(line("other", START.plusSeconds(5)));
    assertThat(identity.awaited(later, START.plusSeconds(5))).isFalse();
    assertThat(identity.named(later).getFirst().getAppId()).isEmpty();
  }

  @Test
  void aServiceBelongsToTheInstanceThatItWasMadeFor() {
    identity.learn(shop(), START);
    var early = List.of(line("shop-1-db", "db", START.plusSeconds(1)));
    assertThat(identity.awaited(early, START.plusSeconds(1))).isFalse();
    var entry = identity.named(early).getFirst();
    assertThat(entry.getAppId()).isEqualTo("app");
    assertThat(entry.getDeploymentId()).isEqualTo("deployment");
    assertThat(entry.getFieldsMap()).containsEntry("service", "db");
    assertThat(line("shop-1-db", "", START).getAppId()).as("no service").isEmpty();
    assertThat(line("shop-2-db", "db", START).getAppId()).as("another instance").isEmpty();
  }

  @Test
  void withoutAnyAnswerLinesGoOnAfterAWhile() {
    var early = List.of(line("shop-1", START));
    assertThat(identity.awaited(early, START.plus(LogIdentity.PATIENCE).minusMillis(1))).isTrue();
    assertThat(identity.awaited(early, START.plus(LogIdentity.PATIENCE))).isFalse();
  }

  @Test
  void aNameOnceGivenStays() {
    identity.learn(shop(), START);
    var named = List.of(line("shop-1", START));
    identity.learn(List.of(), START.plusSeconds(9));
    assertThat(identity.named(named).getFirst().getAppId()).isEqualTo("app");
  }

  @Test
  void theAgentsOwnLinesWaitForNobody() {
    var own = List.of(LogEntry.newBuilder().setSource("agent").setTimestampNs(0).build());
    assertThat(identity.awaited(own, Instant.EPOCH)).isFalse();
  }
}
