package dev.slipway.fleet.service.server;

import static dev.slipway.fleet.service.TestFleet.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.fleet.ServerStatus;
import dev.slipway.fleet.service.TestFleet;
import dev.slipway.fleet.store.server.NodeStore;
import dev.slipway.fleet.wire.PlayedAgent;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Silence of servers, and of the platform itself. */
class WatchServersIT {
  static TestFleet fleet;

  @BeforeAll
  static void start() throws Exception {
    fleet = new TestFleet();
  }

  @AfterAll
  static void stop() throws Exception {
    fleet.close();
  }

  @Test
  void nobodyIsSilentWhereNobodyListened() throws Exception {
    var server = fleet.enrol("quiet");
    try (var agent = new PlayedAgent(fleet.grpc.port(), server)) {
      await("it is online", () -> fleet.server(server.id()).status() == ServerStatus.ONLINE);
      var patience = fleet.presence.patience();
      var clock = new AtomicLong();
      var life =
          new NodeLife(fleet.db, new NodeStore(fleet.db), fleet.presence, fleet.node, clock::get);
      var ahead = patience.multipliedBy(2);
      var watch = new WatchServers(fleet.presence, life, () -> Instant.now().plus(ahead));

      watch.run();
      assertThat(status(server)).as("the platform just started").isEqualTo(ServerStatus.ONLINE);
      pulse(life, clock, patience.minusSeconds(1));
      watch.run();
      assertThat(status(server)).as("it started not long ago").isEqualTo(ServerStatus.ONLINE);

      clock.addAndGet(Duration.ofMinutes(2).toNanos());
      watch.run();
      assertThat(status(server)).as("the database was away").isEqualTo(ServerStatus.ONLINE);
      life.pulse();
      watch.run();
      assertThat(status(server)).as("it is back").isEqualTo(ServerStatus.ONLINE);

      pulse(life, clock, patience);
      await(
          "it is offline",
          () -> {
            watch.run();
            return status(server) == ServerStatus.OFFLINE;
          });
    }
  }

  private static ServerStatus status(TestFleet.Enrolled server) {
    return fleet.server(server.id()).status();
  }

  private static void pulse(NodeLife life, AtomicLong clock, Duration time) {
    var end = clock.get() + time.toNanos();
    while (clock.get() < end) {
      clock.set(Math.min(end, clock.get() + NodeLife.PULSE.toNanos()));
      life.pulse();
    }
  }
}
