package dev.slipway.deployments.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.Ids;
import dev.slipway.deployments.engine.StepRule.Verdict;
import dev.slipway.deployments.store.StepKind;
import dev.slipway.deployments.store.StepRow;
import dev.slipway.deployments.store.StepStatus;
import dev.slipway.fleet.Command;
import dev.slipway.fleet.CommandStatus;
import dev.slipway.store.json.PlatformJson;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StepRuleTest {
  static final Instant NOW = Instant.EPOCH;
  static final String LOST = "agent connection lost";
  final StepRule rule = new StepRule(new PlatformJson());

  static StepRow step(StepKind kind, StepStatus status, int attempt) {
    return new StepRow(
        Ids.next(),
        Ids.next(),
        Ids.next(),
        1,
        kind,
        Ids.next(),
        "c",
        status,
        attempt,
        Ids.next(),
        NOW,
        NOW,
        null,
        null,
        null);
  }

  static Command command(
      StepKind kind, CommandStatus status, @Nullable String result, @Nullable String error) {
    return new Command(
        Ids.next(),
        Ids.next(),
        Ids.next(),
        kind.command(),
        status,
        "deployments",
        null,
        null,
        null,
        NOW,
        NOW,
        null,
        null,
        NOW,
        result,
        error);
  }

  Verdict end(StepKind kind, CommandStatus status, @Nullable String text) {
    var completed = status == CommandStatus.COMPLETED;
    return rule.of(
        step(kind, StepStatus.RUNNING, 1), command(kind, status, text, completed ? null : text));
  }

  Verdict completed(StepKind kind, @Nullable String result) {
    return end(kind, CommandStatus.COMPLETED, result);
  }

  Verdict lost(StepKind kind, int attempt) {
    return rule.of(
        step(kind, StepStatus.RUNNING, attempt), command(kind, CommandStatus.FAILED, null, LOST));
  }

  Verdict probed(int attempt, CommandStatus status, @Nullable String result) {
    return rule.of(
        step(StepKind.DEPLOY, StepStatus.PROBING, attempt),
        command(StepKind.DEPLOY, status, result, "no"));
  }

  @ParameterizedTest
  @EnumSource(
      value = StepKind.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"CLONE", "LOOK", "WATCH", "SETTLE", "ALIVE"})
  void whatIsCompletedIsDone(StepKind kind) {
    assertThat(completed(kind, "yes")).isEqualTo(new Verdict.Done("yes"));
    assertThat(completed(kind, null)).isEqualTo(new Verdict.Done(""));
  }

  @ParameterizedTest
  @EnumSource(
      value = StepKind.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"WATCH", "SETTLE"})
  void whatFailsEndsTheRunUnlessItCanDoWithout(StepKind kind) {
    var expected =
        switch (kind) {
          case DETECT, CLEANUP, UNPROXY -> new Verdict.Passed("no luck");
          default -> new Verdict.Failed("no luck");
        };
    assertThat(end(kind, CommandStatus.FAILED, "no luck")).isEqualTo(expected);
    assertThat(end(kind, CommandStatus.CANCELLED, "no luck")).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource(
      value = StepKind.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"WATCH", "SETTLE"})
  void whatExpiresIsNeverRepeated(StepKind kind) {
    assertThat(end(kind, CommandStatus.EXPIRED, "too late"))
        .isEqualTo(new Verdict.Failed("too late"));
    assertThat(end(kind, CommandStatus.EXPIRED, null)).isEqualTo(new Verdict.Failed("expired"));
    assertThat(end(kind, CommandStatus.EXPIRED, "  ")).isEqualTo(new Verdict.Failed("expired"));
  }

  @ParameterizedTest
  @EnumSource(
      value = StepKind.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"WATCH", "SETTLE", "RELEASE"})
  void aLostConnectionIsLookedAfterOnceAndRepeatedOnce(StepKind kind) {
    if (kind == StepKind.DEPLOY || kind == StepKind.PROCESS) {
      assertThat(lost(kind, 1)).isEqualTo(new Verdict.Probe());
      assertThat(lost(kind, 2)).isEqualTo(new Verdict.Probe());
    } else {
      assertThat(lost(kind, 1)).isEqualTo(new Verdict.Again());
      assertThat(lost(kind, 2)).isEqualTo(new Verdict.Failed(LOST + " twice"));
    }
  }

  @Test
  void whatMayBeDoneOnceIsNotRepeatedWhereNobodyKnowsWhatBecameOfIt() {
    assertThat(lost(StepKind.RELEASE, 1))
        .isEqualTo(
            new Verdict.Failed(LOST + ": it may have run to its end or not, and is not run again"));
    assertThat(end(StepKind.RELEASE, CommandStatus.CANCELLED, LOST))
        .isEqualTo(lost(StepKind.RELEASE, 1));
  }

  @Test
  void aCancelledCommandOfALostConnectionCountsAsLost() {
    assertThat(end(StepKind.BUILD, CommandStatus.CANCELLED, LOST)).isEqualTo(new Verdict.Again());
  }

  @ParameterizedTest
  @EnumSource(
      value = CommandStatus.class,
      names = {"PENDING", "DISPATCHED", "RUNNING"})
  void anOpenCommandHasNoVerdict(CommandStatus status) {
    assertThatThrownBy(() -> end(StepKind.BUILD, status, null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aCloneFolderIsTakenOnlyFromWhereAgentsMakeThem() {
    assertThat(completed(StepKind.CLONE, "/tmp/deploy-build-1a.b_c-D\n"))
        .isEqualTo(new Verdict.Done("/tmp/deploy-build-1a.b_c-D"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/etc",
        "/tmp/deploy-build-",
        "/tmp/deploy-build-a/../../etc",
        "/tmp/deploy-build-a b",
        "/tmp/deploy-build-a\n/tmp/deploy-build-b",
        "/tmp/deploy-build-a;rm",
        "/tmp/deploy-build-$(id)",
        "x/tmp/deploy-build-a",
        "/tmp/deploy-build-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
      })
  void anyOtherFolderFails(String folder) {
    assertThat(completed(StepKind.CLONE, folder))
        .isEqualTo(new Verdict.Failed("the agent named no clone folder"));
  }

  @Test
  void aContainerThatIsNotThereIsRemoved() {
    assertThat(end(StepKind.REMOVE, CommandStatus.FAILED, "Error: No such container: x"))
        .isEqualTo(new Verdict.Done(null));
    assertThat(end(StepKind.STOP, CommandStatus.FAILED, "Error: No such container: x"))
        .isEqualTo(new Verdict.Failed("Error: No such container: x"));
  }

  @Test
  void anAppHasStoppedWhenItDoesNotRun() {
    assertThat(completed(StepKind.LOOK, "{\"healthy\":false,\"running\":false,\"message\":\"\"}"))
        .isEqualTo(new Verdict.Done(null));
    assertThat(completed(StepKind.LOOK, "{\"healthy\":false,\"running\":true}"))
        .isEqualTo(new Verdict.Failed("the app still runs"));
  }

  @Test
  void aProcessThatDoesNotRunTellsWhy() {
    assertThat(completed(StepKind.ALIVE, "{\"healthy\":true,\"running\":true}"))
        .isEqualTo(new Verdict.Done(null));
    var dead = "{\"running\":false,\"message\":\"exited: exited with code 3\"";
    assertThat(completed(StepKind.ALIVE, dead + "}"))
        .isEqualTo(new Verdict.Failed("c does not run (exited: exited with code 3)"));
    assertThat(completed(StepKind.ALIVE, dead + ",\"output\":\"no queue\\nbye\"}"))
        .isEqualTo(
            new Verdict.Failed("c does not run (exited: exited with code 3)\nno queue\nbye"));
    assertThat(completed(StepKind.ALIVE, "{\"running\":false}"))
        .isEqualTo(new Verdict.Failed("c does not run"));
    assertThat(completed(StepKind.ALIVE, "]nonsense[")).isInstanceOf(Verdict.Failed.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "]nonsense[", "[]", "7", "\"running\"", "{\"running\":[]}"})
  void aLookWithoutSenseProvesNothing(String answer) {
    assertThat(completed(StepKind.LOOK, answer)).isInstanceOf(Verdict.Failed.class);
    assertThat(probed(1, CommandStatus.COMPLETED, answer)).isEqualTo(new Verdict.Again());
    assertThat(probed(2, CommandStatus.COMPLETED, answer))
        .isEqualTo(new Verdict.Failed(LOST + " twice"));
  }

  @Test
  void aProbeFindsThatItRunsOrHasItRepeatedOnce() {
    assertThat(probed(1, CommandStatus.COMPLETED, "{\"running\":true,\"healthy\":false}"))
        .isEqualTo(new Verdict.Done(null));
    assertThat(probed(1, CommandStatus.COMPLETED, "{\"running\":false,\"healthy\":false}"))
        .isEqualTo(new Verdict.Again());
    assertThat(probed(2, CommandStatus.COMPLETED, "{\"running\":false,\"healthy\":false}"))
        .isEqualTo(new Verdict.Failed(LOST + " twice"));
    assertThat(probed(1, CommandStatus.COMPLETED, null)).isEqualTo(new Verdict.Again());
  }

  @ParameterizedTest
  @EnumSource(
      value = CommandStatus.class,
      names = {"FAILED", "CANCELLED", "EXPIRED"})
  void aProbeThatFailsIsTheEnd(CommandStatus status) {
    assertThat(probed(1, status, null))
        .isEqualTo(new Verdict.Failed(LOST + ", and it could not be looked at: no"));
  }
}
