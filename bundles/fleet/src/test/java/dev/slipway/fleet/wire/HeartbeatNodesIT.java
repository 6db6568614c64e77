package dev.slipway.fleet.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.fleet.service.AnotherNode;
import dev.slipway.fleet.service.TestFleet;
import dev.slipway.proto.agent.v1.ContainerMetrics;
import dev.slipway.proto.agent.v1.HeartbeatRequest;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Heartbeats of one agent that reach one node and another. */
class HeartbeatNodesIT {
  @TempDir Path folder;

  @Test
  void whatHappenedBetweenTwoIsSeenOnceWhereverTheyArrive() throws Exception {
    try (var fleet = new TestFleet();
        var other = new AnotherNode(fleet, folder)) {
      var server = fleet.enrol("machine");
      try (var here = new ScriptedAgent(fleet.grpc.port(), server);
          var there = new ScriptedAgent(other.grpc.port(), server)) {
        beat(here, "running");
        beat(here, "running");
        beat(there, "exited");
        // Neither knows by itself what the other was told.
        beat(here, "exited");
        beat(here, "running");
        beat(there, "running");
        beat(there, "exited");
      }
      assertThat(
              fleet.events(server.id()).stream()
                  .filter(event -> event.type().equals("fleet.container.changed"))
                  .map(event -> event.data().get("kind")))
          .containsExactly("stop", "start", "stop");
    }
  }

  private static void beat(ScriptedAgent agent, String status) {
    agent
        .blocking()
        .heartbeat(
            HeartbeatRequest.newBuilder()
                .addContainers(
                    ContainerMetrics.newBuilder()
                        .setContainerId("c1")
                        .setName("web")
                        .setStatus(status))
                .build());
  }
}
