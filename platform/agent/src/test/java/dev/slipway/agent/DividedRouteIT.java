package dev.slipway.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.proto.agent.v1.CommandType;
import dev.slipway.proto.agent.v1.ListServerRoutesResponse;
import dev.slipway.proto.agent.v1.RouteMetrics;
import dev.slipway.proto.agent.v1.RouteShare;
import dev.slipway.proto.agent.v1.ServerRoute;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests divided among instances by the edge of an agent that is a process of its own. */
class DividedRouteIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String HOST = "hello.localhost";
  private static final String OLD = "deploy-app-hello-1";
  private static final String NEW = "deploy-app-hello-2";

  @TempDir Path folder;
  private FakeControlPlane plane;
  private AgentProgram agent;

  @BeforeEach
  void start() throws Exception {
    plane = FakeControlPlane.start();
    agent = AgentProgram.start(folder.resolve("data"), plane.port(), Map.of());
    var repository = SampleRepository.create(folder.resolve("repository"));
    var commit = repository.commitCompiledHello("of the day");
    var clone =
        plane.done(
            CommandType.COMMAND_TYPE_APP_CLONE,
            json(Map.of("repo_url", repository.url(), "branch", "main", "commit_sha", commit)));
    var build =
        Map.of("image_tag", "deploy-app-hello:day", "clone_dir", clone, "app_slug", "hello");
    plane.done(CommandType.COMMAND_TYPE_APP_BUILD, json(build));
  }

  @AfterEach
  void stop() throws Exception {
    agent.close();
    plane.close();
  }

  private static String json(Map<String, ?> payload) throws IOException {
    return JSON.writeValueAsString(payload);
  }

  /** An instance that runs and answers, and says its name. */
  private void bringUp(String name) throws Exception {
    plane.done(
        CommandType.COMMAND_TYPE_APP_DEPLOY,
        json(
            Map.of(
                "container_name",
                name,
                "image_tag",
                "deploy-app-hello:day",
                "restart_policy",
                "no",
                "env_vars",
                Map.of("GREETING", "from " + name + "."),
                "override_cmd",
                SampleRepository.START)));
    plane.done(
        CommandType.COMMAND_TYPE_APP_DEPLOY,
        json(Map.of("container_name", name, "health_check_only", true)));
  }

  private static Map<String, Object> share(String name, int weight) {
    return Map.of("upstream_host", name, "upstream_port", 3000, "weight", weight);
  }

  private void divide(List<Map<String, Object>> shares) throws Exception {
    plane.done(CommandType.COMMAND_TYPE_ROUTE_ADD, json(route(shares)));
  }

  private static Map<String, Object> route(List<Map<String, Object>> shares) {
    return Map.of(
        "domain",
        HOST,
        "upstream_host",
        shares.getFirst().get("upstream_host"),
        "upstream_port",
        3000,
        "shares",
        shares);
  }

  private EdgeClient.Answer ask() throws IOException {
    return EdgeClient.get(agent.edgePort(), HOST, "/");
  }

  /** Several clients at once, each with as many requests; the texts of their answers. */
  private List<String> ask(int clients, int each) throws InterruptedException {
    var texts = new ConcurrentLinkedQueue<String>();
    var threads =
        IntStream.range(0, clients)
            .mapToObj(
                client ->
                    Thread.ofPlatform()
                        .start(
                            () -> {
                              for (int i = 0; i < each; i++) {
                                try {
                                  var answer = ask();
                                  texts.add(answer.status() + " " + answer.text());
                                } catch (IOException e) {
                                  texts.add(e.toString());
                                }
                              }
                            }))
            .toList();
    for (var thread : threads) {
      thread.join();
    }
    return List.copyOf(texts);
  }

  private static long by(String name, List<String> texts) {
    return texts.stream().filter(text -> text.contains("from " + name + ".")).count();
  }

  private long reported(String name, ToLongFunction<RouteMetrics> what) {
    return plane.heartbeats.stream()
        .flatMap(beat -> beat.getRouteMetricsList().stream())
        .filter(route -> route.getContainerName().equals(name))
        .mapToLong(what)
        .sum();
  }

  @Test
  void aCanaryGetsItsShareAndEachVersionIsCountedForItself() throws Exception {
    bringUp(OLD);
    bringUp(NEW);
    divide(List.of(share(OLD, 90), share(NEW, 10)));
    var texts = ask(4, 250);
    assertThat(texts).allMatch(text -> text.startsWith("200"));
    assertThat(by(NEW, texts)).isEqualTo(100);
    assertThat(by(OLD, texts)).isEqualTo(900);
    Await.until("the old one's are told", () -> reported(OLD, RouteMetrics::getStatus2Xx) == 900);
    Await.until("the new one's are told", () -> reported(NEW, RouteMetrics::getStatus2Xx) == 100);
    assertThat(plane.done(CommandType.COMMAND_TYPE_ROUTE_LIST, "{}"))
        .contains("\"shares\":[{", "\"weight\":90");
  }

  @Test
  void whoDoesNotAnswerIsPassedOverAndCountedAsFailed() throws Exception {
    bringUp(OLD);
    bringUp(NEW);
    divide(List.of(share(OLD, 1), share(NEW, 1)));
    plane.done(CommandType.COMMAND_TYPE_SERVICE_STOP, json(Map.of("container_name", NEW)));
    var texts = ask(2, 50);
    assertThat(texts).allMatch(text -> text.startsWith("200"));
    assertThat(by(OLD, texts)).isEqualTo(100);
    Await.until("its failures are told", () -> reported(NEW, RouteMetrics::getStatus5Xx) == 50);
  }

  @Test
  void tenRollingDeploymentsUnderLoadFailNoRequest() throws Exception {
    bringUp(OLD);
    divide(List.of(share(OLD, 1)));
    var running = new AtomicBoolean(true);
    var answered = new AtomicInteger();
    var faults = new ConcurrentLinkedQueue<String>();
    var clients = new ArrayList<Thread>();
    for (int i = 0; i < 4; i++) {
      clients.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    while (running.get()) {
                      try {
                        var answer = ask();
                        answered.incrementAndGet();
                        if (answer.status() != 200) {
                          faults.add(answer.text());
                        }
                      } catch (IOException e) {
                        faults.add(e.toString());
                      }
                    }
                  }));
    }
    var before = OLD;
    for (int version = 2; version <= 11; version++) {
      var name = "deploy-app-hello-" + version;
      bringUp(name);
      divide(List.of(share(before, 1), share(name, 1)));
      var seen = answered.get();
      Await.until("both answer for a while", () -> answered.get() > seen + 20);
      divide(List.of(share(name, 1)));
      var old = json(Map.of("container_name", before));
      plane.done(CommandType.COMMAND_TYPE_SERVICE_STOP, old);
      plane.done(CommandType.COMMAND_TYPE_APP_STOP, old);
      before = name;
    }
    running.set(false);
    for (var client : clients) {
      client.join();
    }
    assertThat(faults).isEmpty();
    assertThat(ask().text()).contains("from deploy-app-hello-11.");
  }

  @Test
  void sharesThatMakeNoSenseAreRefused() throws Exception {
    bringUp(OLD);
    for (var shares :
        List.of(
            List.of(share(OLD, 0)),
            List.of(share(OLD, 1), share(OLD, 2)),
            List.of(share(OLD, 10_001)),
            List.of(share("deploy-app-nobody", 1)))) {
      var result =
          plane
              .send(CommandType.COMMAND_TYPE_ROUTE_ADD, json(route(shares)))
              .await(Duration.ofSeconds(30));
      assertThat(result.status()).as("%s", shares).isEqualTo("failed");
    }
    assertThat(ask().status()).isEqualTo(404);
  }

  @Test
  void theControlPlanesTableOfRoutesMayDivideThem() throws Exception {
    bringUp(OLD);
    bringUp(NEW);
    plane.routes =
        ListServerRoutesResponse.newBuilder()
            .addRoutes(
                ServerRoute.newBuilder()
                    .setDomain(HOST)
                    .setContainerName(OLD)
                    .setPort(3000)
                    .addShares(wire(OLD, 3))
                    .addShares(wire(NEW, 1)))
            .build();
    var first = JSON.readTree(plane.done(CommandType.COMMAND_TYPE_DWAAR_RECONCILE, "{}"));
    assertThat(first.path("routes_added").asInt()).isEqualTo(1);
    assertThat(by(NEW, ask(1, 40))).isEqualTo(10);
    var again = JSON.readTree(plane.done(CommandType.COMMAND_TYPE_DWAAR_RECONCILE, "{}"));
    assertThat(again.path("routes_skipped").asInt()).isEqualTo(1);
  }

  private static RouteShare wire(String name, int weight) {
    return RouteShare.newBuilder().setContainerName(name).setPort(3000).setWeight(weight).build();
  }
}
