package dev.slipway.fleet.protocol;

import static dev.slipway.fleet.service.TestFleet.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.fleet.AgentOutput;
import dev.slipway.fleet.Command;
import dev.slipway.fleet.CommandStatus;
import dev.slipway.fleet.CommandType;
import dev.slipway.fleet.LogEntry;
import dev.slipway.fleet.ServerStatus;
import dev.slipway.fleet.service.TestFleet;
import dev.slipway.fleet.service.TestFleet.Enrolled;
import io.grpc.Status.Code;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Agents that are broken, lie, flood or hang; and beside each one that is none of these. */
class BadAgentIT {
  static TestFleet fleet;
  static int number;
  Enrolled server;
  RawAgent bad;
  Enrolled neighbour;
  RawAgent good;

  @BeforeAll
  static void start() throws Exception {
    fleet = new TestFleet();
  }

  @AfterAll
  static void stop() throws Exception {
    fleet.close();
  }

  @BeforeEach
  void enrol() {
    server = fleet.enrol("bad-" + ++number);
    bad = agent(server);
    neighbour = fleet.enrol("good-" + number);
    good = agent(neighbour);
  }

  @AfterEach
  void leave() throws Exception {
    bad.close();
    good.close();
  }

  private static RawAgent agent(Enrolled server) {
    return new RawAgent(fleet.grpc.port(), RawAgent.signedIn(server.id(), server.secret()));
  }

  private static void awaitStatus(Command command, CommandStatus status) {
    await(command.type() + " is " + status, () -> fleet.status(command) == status);
  }

  /** The neighbour is heard and served, command by command. */
  private void goodIsServed(RawAgent.Call stream, int commands) throws Exception {
    for (var i = 0; i < commands; i++) {
      assertThat(good.heartbeat(Fields.of()).code()).isEqualTo(Code.OK);
      var command = fleet.submit(neighbour.id(), CommandType.AGENT_PING, "{}");
      assertThat(stream.next().text(1)).isEqualTo(command.id().toString());
      assertThat(good.ack(command.id().toString(), neighbour.id()).code()).isEqualTo(Code.OK);
      stream.result(command.id().toString(), "running", "at it".getBytes(), false);
      stream.finish(command.id().toString(), "completed", "{}");
      awaitStatus(command, CommandStatus.COMPLETED);
    }
  }

  @Test
  void aClockThatIsHoursOffChangesNothing() throws Exception {
    for (var off : List.of(Duration.ofHours(-30), Duration.ofHours(30), Duration.ofDays(-30_000))) {
      var seconds = Instant.now().plus(off).getEpochSecond();
      var beat = Fields.of().inside(2, Fields.of().whole(1, seconds));
      assertThat(bad.heartbeat(beat).code()).isEqualTo(Code.OK);
      assertThat(fleet.server(server.id()).lastHeartbeatAt())
          .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
    }
    var stream = bad.greeted();
    bad.heartbeat(Fields.of());
    fleet.sweepIn(Duration.ofSeconds(80));
    assertThat(fleet.server(server.id()).status()).isEqualTo(ServerStatus.ONLINE);
    var command = fleet.submit(server.id(), CommandType.APP_STOP, "{}");
    stream.next();
    stream.send(
        Fields.of()
            .text(1, command.id().toString())
            .text(2, "completed")
            .flag(4, true)
            .inside(5, Fields.of().whole(1, 4_000_000_000L)));
    awaitStatus(command, CommandStatus.COMPLETED);
    assertThat(fleet.command(command.id()).finishedAt()).isBefore(Instant.now().plusSeconds(60));
  }

  @Test
  void ofManyStreamsTheNewestCountsAndNoCommandComesTwice() throws Exception {
    var streams = new ArrayList<RawAgent.Call>();
    for (var i = 0; i < 10; i++) {
      streams.add(bad.commandStream());
    }
    // Those that are opened at the same moment come in any order.
    for (var stream : streams) {
      stream.headers.get(30, TimeUnit.SECONDS);
    }
    var last = bad.greeted();
    for (var stream : streams) {
      assertThat(stream.answer().code()).isEqualTo(Code.ABORTED);
    }
    var commands = new ArrayList<String>();
    for (var i = 0; i < 20; i++) {
      commands.add(fleet.submit(server.id(), CommandType.APP_BUILD, "{}").id().toString());
    }
    for (var command : commands) {
      assertThat(last.next().text(1)).isEqualTo(command);
    }
    assertThat(streams).allSatisfy(stream -> assertThat(stream.waiting()).doesNotContain(commands));
  }

  @Test
  void aHalfOpenConnectionGivesWayToTheNextOne() throws Exception {
    try (var proxy = new Proxy(fleet.grpc.port());
        var behind = new RawAgent(proxy.port(), RawAgent.signedIn(server.id(), server.secret()))) {
      behind.heartbeat(Fields.of());
      behind.greeted();
      var lost = fleet.submit(server.id(), CommandType.APP_BUILD, "{}");
      awaitStatus(lost, CommandStatus.DISPATCHED);
      proxy.freeze();
      var unheard = fleet.submit(server.id(), CommandType.APP_STOP, "{}");
      awaitStatus(unheard, CommandStatus.DISPATCHED);
      var stream = bad.greeted();
      var next = fleet.submit(server.id(), CommandType.APP_BUILD, "{}");
      assertThat(stream.next().text(1)).isEqualTo(next.id().toString());
      // The agent still works on the first, and says so on its new stream.
      stream.finish(lost.id().toString(), "completed", "built");
      awaitStatus(lost, CommandStatus.COMPLETED);
      fleet.settleLost();
      assertThat(fleet.status(unheard)).isEqualTo(CommandStatus.FAILED);
      assertThat(stream.waiting()).isEmpty();
      goodIsServed(good.greeted(), 1);
    }
  }

  @Test
  void anAgentThatNeverFinishesIsGivenUpAtTheDeadline() throws Exception {
    var stream = bad.greeted();
    var command = fleet.submit(server.id(), CommandType.APP_BUILD, "{}");
    stream.next();
    for (var i = 0; i < 50; i++) {
      stream.result(command.id().toString(), "running", "still at it\n".getBytes(), false);
    }
    awaitStatus(command, CommandStatus.RUNNING);
    fleet.settleIn(Duration.ofMinutes(11));
    assertThat(fleet.status(command)).isEqualTo(CommandStatus.EXPIRED);
    assertThat(stream.next().whole(2)).as("it is told to stop").isEqualTo(99);
    stream.result(command.id().toString(), "running", "still at it\n".getBytes(), false);
    stream.finish(command.id().toString(), "completed", "at last");
    var later = fleet.submit(server.id(), CommandType.APP_STOP, "{}");
    stream.next();
    stream.finish(later.id().toString(), "completed", "stopped");
    awaitStatus(later, CommandStatus.COMPLETED);
    assertThat(fleet.status(command)).isEqualTo(CommandStatus.EXPIRED);
    assertThat(fleet.command(command.id()).result()).isNull();
  }

  @Test
  void aLiarEndsNothingButItsOwnAndThatOnce() throws Exception {
    var theirs = fleet.submit(neighbour.id(), CommandType.APP_BUILD, "{}");
    var waiting = fleet.submit(server.id(), CommandType.APP_CLONE, "{}");
    var goodStream = good.greeted();
    assertThat(goodStream.next().text(1)).isEqualTo(theirs.id().toString());
    bad.ack(waiting.id().toString(), server.id());
    assertThat(fleet.status(waiting)).as("it was not sent yet").isEqualTo(CommandStatus.PENDING);
    var stream = bad.commandStream();
    stream.finish(theirs.id().toString(), "completed", "stolen");
    stream.next();
    stream.next();
    assertThat(stream.next().text(1)).isEqualTo(waiting.id().toString());
    stream.finish(waiting.id().toString(), "failed", "first");
    awaitStatus(waiting, CommandStatus.FAILED);
    stream.finish(waiting.id().toString(), "completed", "second");
    bad.ack(waiting.id().toString(), server.id());
    goodIsServed(goodStream, 1);
    assertThat(fleet.status(waiting)).isEqualTo(CommandStatus.FAILED);
    assertThat(fleet.command(waiting.id()).error()).isEqualTo("first");
    assertThat(fleet.status(theirs)).isEqualTo(CommandStatus.DISPATCHED);
    var ends =
        fleet.eventTypes(server.id()).stream().filter("fleet.command.finished"::equals).toList();
    assertThat(ends).hasSize(1);
  }

  @Test
  void numbersBeyondReasonAreTakenWithinBounds() throws Exception {
    var system =
        Fields.of()
            .real(1, Double.NaN)
            .whole(2, Long.MIN_VALUE)
            .whole(3, Long.MAX_VALUE)
            .real(20, Double.POSITIVE_INFINITY)
            .text(6, "x".repeat(1 << 20))
            .whole(61, -5);
    var process = Fields.of().whole(1, 1).text(2, "p");
    for (var depth = 0; depth < 60; depth++) {
      process = Fields.of().whole(1, depth).text(2, "p".repeat(1_000)).inside(6, process);
    }
    var beat = Fields.of().text(1, "v\0".repeat(10_000)).inside(3, system.inside(60, process));
    for (var i = 0; i < 3_000; i++) {
      beat.inside(
          4,
          Fields.of()
              .text(2, "deploy-app-" + i)
              .text(4, "running")
              .real(5, Double.NEGATIVE_INFINITY)
              .whole(6, Long.MAX_VALUE)
              .text(15, "the day before yesterday"));
    }
    assertThat(bad.heartbeat(beat).code()).isEqualTo(Code.OK);
    assertThat(bad.heartbeat(beat).code()).isEqualTo(Code.OK);
    var kept = fleet.db.read(fleet.scope, () -> fleet.servers.snapshot(server.id())).orElseThrow();
    assertThat(kept.containers()).hasSize(1_000);
    goodIsServed(good.greeted(), 1);
  }

  @Test
  void aFullDiskIsQuarantineWithItsReasonUntilItIsOver() throws Exception {
    bad.greeted();
    bad.heartbeat(Fields.of());
    bad.heartbeat(
        Fields.of()
            .flag(18, true)
            .text(19, "disk is full")
            .inside(3, Fields.of().whole(4, 100).whole(5, 100)));
    assertThat(fleet.server(server.id()).status()).isEqualTo(ServerStatus.QUARANTINED);
    assertThat(fleet.server(server.id()).statusReason()).isEqualTo("disk is full");
    bad.heartbeat(Fields.of().flag(18, false));
    assertThat(fleet.server(server.id()).status()).isEqualTo(ServerStatus.ONLINE);
  }

  @Test
  void aFloodOfResultsSlowsNobodyElse() throws Exception {
    var flooding = bad.greeted();
    var command = fleet.submit(server.id(), CommandType.APP_LOGS, "{}");
    flooding.next();
    var goodStream = good.greeted();
    var sent = new AtomicInteger();
    whileItGoesOn(
        () -> {
          if (flooding.isReady()) {
            var foreign = sent.incrementAndGet() % 2 == 0;
            flooding.result(
                foreign ? UUID.randomUUID().toString() : command.id().toString(),
                "running",
                new byte[1_024],
                false);
          } else {
            Thread.onSpinWait();
          }
        },
        () -> goodIsServed(goodStream, 10));
    assertThat(sent.get()).isPositive();
    flooding.finish(command.id().toString(), "completed", "");
    awaitStatus(command, CommandStatus.COMPLETED);
  }

  @Test
  void aFloodOfCallsIsRefusedAndSlowsNobodyElse() throws Exception {
    var goodStream = good.greeted();
    var refused = new AtomicInteger();
    var threads = new ArrayList<Thread>();
    var stop = new CountDownLatch(1);
    for (var i = 0; i < 60; i++) {
      threads.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    while (stop.getCount() > 0) {
                      if (beatCode() == Code.RESOURCE_EXHAUSTED) {
                        refused.incrementAndGet();
                      }
                    }
                  }));
    }
    try {
      await("the flood is refused", () -> refused.get() > 100);
      goodIsServed(goodStream, 10);
    } finally {
      stop.countDown();
      for (var thread : threads) {
        thread.join();
      }
    }
    await("it is heard again when it is calm", () -> beatCode() == Code.OK);
  }

  private Code beatCode() {
    try {
      return bad.heartbeat(Fields.of()).code();
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** A consumer that never moves while one agent floods must not hold up what others print. */
  @Test
  void aFloodOfLinesReachesTheLimitOfItsOwnAgentAlone() throws Exception {
    var heard = new Taking();
    fleet.outputs.addConsumer(heard);
    try {
      var lines = Fields.of().text(1, server.id().toString());
      for (var i = 0; i < 5_000; i++) {
        lines.inside(2, Fields.of().text(2, "agent").text(4, "x".repeat(1_000)));
      }
      var flood = lines.toBytes();
      var goodLine =
          Fields.of()
              .text(1, neighbour.id().toString())
              .inside(2, Fields.of().text(2, "agent").text(4, "small"));
      whileItGoesOn(
          () -> bad.call("PushLogs", flood),
          () -> {
            for (var i = 1; i <= 5; i++) {
              assertThat(good.call("PushLogs", goodLine).code()).isEqualTo(Code.OK);
              var wanted = i;
              await("the neighbour's line is heard", () -> heard.of(neighbour.id()) >= wanted);
            }
          });
    } finally {
      fleet.outputs.removeConsumer(heard);
    }
  }

  /** Hears slowly what is much. */
  private static final class Taking implements AgentOutput {
    private final Map<UUID, AtomicInteger> lines = new java.util.concurrent.ConcurrentHashMap<>();

    @Override
    public void onLogs(UUID serverId, UUID tenantId, List<LogEntry> entries) {
      java.util.concurrent.locks.LockSupport.parkNanos(entries.size() * 20_000L);
      lines.computeIfAbsent(serverId, id -> new AtomicInteger()).addAndGet(entries.size());
    }

    int of(UUID serverId) {
      var count = lines.get(serverId);
      return count == null ? 0 : count.get();
    }
  }

  private interface Work {
    void run() throws Exception;
  }

  private static void whileItGoesOn(Work flood, Work calm) throws Exception {
    var stop = new CountDownLatch(1);
    var flooding =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    while (stop.getCount() > 0) {
                      flood.run();
                    }
                  } catch (Exception failure) {
                    throw new IllegalStateException(failure);
                  }
                });
    try {
      calm.run();
    } finally {
      stop.countDown();
      flooding.join();
    }
  }
}
