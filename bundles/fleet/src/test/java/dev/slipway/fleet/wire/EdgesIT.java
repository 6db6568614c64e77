package dev.slipway.fleet.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Ids;
import dev.slipway.api.Scope;
import dev.slipway.fleet.Edges;
import dev.slipway.fleet.Edges.Passed;
import dev.slipway.fleet.service.TestFleet;
import dev.slipway.fleet.service.TestFleet.Enrolled;
import dev.slipway.fleet.service.placement.PublishedEdges;
import dev.slipway.proto.agent.v1.ContainerMetrics;
import dev.slipway.proto.agent.v1.HeartbeatRequest;
import dev.slipway.proto.agent.v1.RouteMetrics;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What agents say of their edges and of containers, added up. */
class EdgesIT {
  static final Instant LONG_AGO = Instant.EPOCH;
  static TestFleet fleet;
  static Edges edges;

  @BeforeAll
  static void start() throws Exception {
    fleet = new TestFleet();
    fleet.startGateway();
    edges = new PublishedEdges(fleet.db);
  }

  @AfterAll
  static void stop() throws Exception {
    fleet.close();
  }

  static RouteMetrics route(@Nullable String container, long requests, long failed, double p95) {
    var route =
        RouteMetrics.newBuilder()
            .setDomain("shop.test")
            .setPath("/")
            .setRequestCount(requests)
            .setStatus5Xx(failed)
            .setLatencyP95Ms(p95);
    return container == null ? route.build() : route.setContainerName(container).build();
  }

  static List<Passed> passed(Enrolled server, @Nullable String domain) {
    var question =
        new Edges.Question(
            server.id(), domain, List.of("new"), LONG_AGO, Instant.now().plusSeconds(60));
    return edges.passed(fleet.scope, question);
  }

  @Test
  void requestsAreAddedUpByContainer() throws Exception {
    var server = fleet.enrol("counts");
    try (var agent = new PlayedAgent(fleet.grpc.port(), server)) {
      agent.beat(
          HeartbeatRequest.newBuilder()
              .addRouteMetrics(route("old", 90, 1, 10))
              .addRouteMetrics(route("new", 10, 2, 10)));
      agent.beat(HeartbeatRequest.newBuilder().addRouteMetrics(route("new", 30, 3, 50)));
      TestFleet.await(
          "both samples are there",
          () -> passed(server, null).stream().anyMatch(p -> p.requests() == 40));
      assertThat(passed(server, "shop.test"))
          .containsExactly(new Passed("/", "new", 40, 5, 0, 40, 0));
    }
    var none =
        new Edges.Question(
            server.id(), null, List.of("new"), LONG_AGO, Instant.now().plusSeconds(60));
    assertThat(edges.passed(Scope.tenant(Ids.next()), none)).isEmpty();
    assertThat(edges.dividesRequests(fleet.scope, server.id())).isFalse();
    fleet.presence.described(fleet.tenant, server.id(), "{\"weighted_routes\":true}");
    assertThat(edges.dividesRequests(fleet.scope, server.id())).isTrue();
    assertThat(edges.dividesRequests(Scope.tenant(Ids.next()), server.id())).isFalse();
  }

  @Test
  void anAgentThatNamesNoContainerIsAskedByDomain() throws Exception {
    var server = fleet.enrol("foreign");
    try (var agent = new PlayedAgent(fleet.grpc.port(), server)) {
      agent.beat(HeartbeatRequest.newBuilder().addRouteMetrics(route(null, 7, 0, 3)));
      TestFleet.await("the sample is there", () -> !passed(server, "shop.test").isEmpty());
      assertThat(passed(server, "shop.test")).containsExactly(new Passed("/", null, 7, 0, 0, 3, 0));
      assertThat(passed(server, null)).isEmpty();
    }
  }

  static ContainerMetrics container(int restarts, long used) {
    return ContainerMetrics.newBuilder()
        .setName("new")
        .setContainerId("c1")
        .setStatus("running")
        .setRestartCount(restarts)
        .setMemoryUsedMb(used)
        .setMemoryLimitMb(200)
        .build();
  }

  @Test
  void restartsAndMemoryAreSeen() throws Exception {
    var server = fleet.enrol("wears");
    try (var agent = new PlayedAgent(fleet.grpc.port(), server)) {
      for (var restarts = 0; restarts < 3; restarts++) {
        agent.beat(
            HeartbeatRequest.newBuilder()
                .setDockerReachable(true)
                .addContainers(container(restarts, 100L + 20 * restarts)));
      }
      var to = Instant.now().plusSeconds(60);
      TestFleet.await(
          "all samples are there",
          () -> edges.wear(fleet.scope, server.id(), List.of("new"), LONG_AGO, to).samples() == 3);
      assertThat(edges.wear(fleet.scope, server.id(), List.of("new"), LONG_AGO, to))
          .isEqualTo(new Edges.Wear(2, 3, 70.0));
    }
  }

  @Test
  void howContainersAreIsTheLastThatWasTold() throws Exception {
    var server = fleet.enrol("looks");
    try (var agent = new PlayedAgent(fleet.grpc.port(), server)) {
      agent.beat(
          HeartbeatRequest.newBuilder().setDockerReachable(true).addContainers(ended("old")));
      agent.beat(
          HeartbeatRequest.newBuilder()
              .setDockerReachable(true)
              .addContainers(container(0, 100))
              .addContainers(ended("worker")));
      var names = List.of("new", "worker", "old", "none");
      var found = edges.conditions(fleet.scope, server.id(), names);
      assertThat(found).extracting(Edges.Condition::name).containsExactly("new", "worker");
      assertThat(found.getFirst().reason()).isNull();
      assertThat(found.getLast().status()).isEqualTo("restarting");
      assertThat(found.getLast().restarts()).isEqualTo(4);
      assertThat(found.getLast().reason()).isEqualTo("exited with code 1");
      assertThat(edges.conditions(Scope.tenant(Ids.next()), server.id(), names)).isEmpty();
    }
  }

  static ContainerMetrics ended(String name) {
    return ContainerMetrics.newBuilder()
        .setName(name)
        .setContainerId(name)
        .setStatus("restarting")
        .setRestartCount(4)
        .setExitReason("exited with code 1")
        .build();
  }
}
