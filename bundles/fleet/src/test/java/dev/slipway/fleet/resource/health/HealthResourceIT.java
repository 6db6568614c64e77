package dev.slipway.fleet.resource.health;

import static dev.slipway.fleet.service.TestFleet.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import dev.slipway.api.Scope;
import dev.slipway.fleet.AppContainers;
import dev.slipway.fleet.ServerRoutes;
import dev.slipway.fleet.ServerRuntime;
import dev.slipway.fleet.ServerStatus;
import dev.slipway.fleet.service.TestFleet;
import dev.slipway.fleet.service.TestFleet.Enrolled;
import dev.slipway.fleet.store.health.SampleStore.Kind;
import dev.slipway.fleet.wire.PlayedAgent;
import dev.slipway.proto.agent.v1.AnalyticsSnapshot;
import dev.slipway.proto.agent.v1.ContainerMetrics;
import dev.slipway.proto.agent.v1.DeviceCount;
import dev.slipway.proto.agent.v1.HealthCheckResult;
import dev.slipway.proto.agent.v1.HeartbeatRequest;
import dev.slipway.proto.agent.v1.PageCount;
import dev.slipway.proto.agent.v1.ProxyMetrics;
import dev.slipway.proto.agent.v1.RouteMetrics;
import dev.slipway.proto.agent.v1.ServiceMetric;
import dev.slipway.proto.agent.v1.SystemMetrics;
import dev.slipway.proto.agent.v1.TopProcess;
import dev.slipway.testkit.TestClient;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthResourceIT {
  static TestFleet fleet;
  static int number;
  TestClient member;
  Enrolled server;
  String path;

  @BeforeAll
  static void start() throws Exception {
    fleet = new TestFleet();
    fleet.serveRest();
  }

  @AfterAll
  static void stop() throws Exception {
    fleet.close();
  }

  @BeforeEach
  void enrol() {
    member = fleet.platform.as(fleet.tenant, Role.USER);
    server = fleet.enrol("health-" + ++number);
    path = "/api/servers/" + server.id();
  }

  private static ContainerMetrics.Builder container(String name, String status) {
    return ContainerMetrics.newBuilder()
        .setContainerId("id-" + name)
        .setName(name)
        .setImage("sha256:1")
        .setStatus(status);
  }

  private static HeartbeatRequest.Builder beat(ContainerMetrics.Builder... containers) {
    var beat = HeartbeatRequest.newBuilder().setAgentVersion("played/1").setDockerReachable(true);
    for (var each : containers) {
      beat.addContainers(each);
    }
    return beat;
  }

  private List<String> types(String list) {
    var types = new ArrayList<String>();
    member.get(list).json().at("/events").forEach(event -> types.add(event.at("/type").asText()));
    return types;
  }

  @Test
  void tellsWhatHappenedToContainers() throws Exception {
    var app = fleet.apps.add(fleet.tenant, "shop", server.id());
    AppContainers known =
        (tenant, id) ->
            id.equals(server.id())
                ? List.of(new AppContainers.AppContainer("web", app, null))
                : List.of();
    fleet.knowledge.addContainers(known);
    try (var agent = new PlayedAgent(fleet.grpc.port(), server)) {
      agent.beat(beat(container("web", "running"), container("db", "running")));
      agent.beat(
          beat(
              container("web", "exited").setExitCode(137).setOomKilled(true),
              container("db", "running").setRestartCount(1).setHealthStatus("unhealthy")));
      agent.beat(beat(container("web", "exited").setExitCode(137).setOomKilled(true)));
      assertThat(types(path + "/container-events"))
          .containsExactlyInAnyOrder("start", "start", "oom", "restart", "health", "stop");
      assertThat(types(path + "/container-events?type=oom")).containsExactly("oom");
      assertThat(types(path + "/container-events?limit=2")).hasSize(2);
      assertThat(types(path + "/container-events?before=2020-01-01T00:00:00Z")).isEmpty();
      assertThat(types("/api/apps/" + app + "/container-events"))
          .containsExactlyInAnyOrder("start", "oom");
      assertThat(member.get("/api/apps/" + Ids.next() + "/container-events").status())
          .isEqualTo(404);
      assertThat(member.get(path + "/container-events?limit=501").status()).isEqualTo(400);
      assertThat(member.get(path + "/container-events?type=odd").status()).isEqualTo(400);
      assertThat(fleet.eventTypes(server.id())).contains("fleet.container.changed");
    } finally {
      fleet.knowledge.removeContainers(known);
    }
  }

  @Test
  void alertsOnContainersLastAsLongAsTheReportsSaySo() throws Exception {
    try (var agent = new PlayedAgent(fleet.grpc.port(), server)) {
      agent.beat(beat(container("web", "running").setHealthStatus("unhealthy")));
      var first = member.get(path + "/container-alerts").json().at("/alerts/0");
      assertThat(first.at("/kind").asText()).isEqualTo("unhealthy");
      assertThat(first.at("/severity").asText()).isEqualTo("warning");
      agent.beat(beat(container("web", "running").setHealthStatus("unhealthy")));
      var second = member.get(path + "/container-alerts").json().at("/alerts/0");
      assertThat(second.at("/id")).isEqualTo(first.at("/id"));
      assertThat(second.at("/since")).isEqualTo(first.at("/since"));
      agent.beat(beat(container("web", "running").setRestartCount(4)));
      assertThat(member.get(path + "/container-alerts").at("/alerts/0/kind"))
          .isEqualTo("crash_loop");
      agent.beat(beat(container("job", "exited").setExitCode(3)));
      var ended = member.get(path + "/container-alerts").json();
      assertThat(ended.at("/alerts").size()).isEqualTo(1);
      assertThat(ended.at("/alerts/0/kind").asText()).isEqualTo("exited");
      assertThat(ended.at("/alerts/0/exit_code").asInt()).isEqualTo(3);
      agent.beat(beat());
      assertThat(member.get(path + "/container-alerts").json().at("/alerts").size()).isZero();
      assertThat(fleet.eventTypes(server.id()))
          .contains("fleet.alert.fired", "fleet.alert.resolved");
    }
  }

  @Test
  void anAgentThatCanNotSeeItsEngineReportsNoEndOfContainers() throws Exception {
    try (var agent = new PlayedAgent(fleet.grpc.port(), server)) {
      await(
          "it has described itself",
          () -> fleet.server(server.id()).runtime() == ServerRuntime.PROCESS);
      fleet.db.run(
          fleet.scope,
          () -> fleet.servers.learned(server.id(), ServerRuntime.DOCKER, null, null, false, null));
      agent.beat(beat(container("web", "running")));
      agent.beat(beat().setDockerReachable(false));
      assertThat(types(path + "/container-events")).containsExactly("start");
    }
  }

  @Test
  void alertsOnResourcesFireAfterAWhileAndEndClearlyBelow() throws Exception {
    try (var agent = new PlayedAgent(fleet.grpc.port(), server)) {
      memory(agent, 95);
      memory(agent, 95);
      assertThat(member.get(path + "/resource-alerts").json().at("/total").asInt()).isZero();
      memory(agent, 95);
      var firing = member.get(path + "/resource-alerts?status=firing").json();
      assertThat(firing.at("/total").asInt()).isEqualTo(1);
      assertThat(firing.at("/alerts/0/resource").asText()).isEqualTo("memory");
      assertThat(firing.at("/alerts/0/severity").asText()).isEqualTo("warning");
      assertThat(firing.at("/alerts/0/threshold_percent").asDouble()).isEqualTo(90);
      memory(agent, 98);
      assertThat(member.get(path + "/resource-alerts").at("/alerts/0/severity"))
          .isEqualTo("critical");
      memory(agent, 87);
      assertThat(member.get(path + "/resource-alerts").at("/alerts/0/status")).isEqualTo("firing");
      memory(agent, 80);
      var resolved = member.get(path + "/resource-alerts?status=resolved").json();
      assertThat(resolved.at("/total").asInt()).isEqualTo(1);
      assertThat(resolved.at("/alerts/0/resolved_at").asText()).endsWith("Z");
      assertThat(member.get(path + "/resource-alerts?status=odd").status()).isEqualTo(400);
    }
  }

  private static void memory(PlayedAgent agent, int percent) {
    agent.beat(
        beat()
            .setSystem(SystemMetrics.newBuilder().setMemoryTotalMb(100).setMemoryUsedMb(percent)));
  }

  @Test
  void showsTheNewestProcesses() throws Exception {
    assertThat(member.get(path + "/top-processes").json().at("/captured_at").isNull()).isTrue();
    try (var agent = new PlayedAgent(fleet.grpc.port(), server)) {
      var child = TopProcess.newBuilder().setPid(2).setName("worker");
      agent.beat(
          beat()
              .setSystem(
                  SystemMetrics.newBuilder()
                      .addTopProcesses(
                          TopProcess.newBuilder()
                              .setPid(1)
                              .setName("init")
                              .setUser("root")
                              .setCpuPercent(Double.NaN)
                              .setMemoryMb(10)
                              .addChildren(child))));
      var answer = member.get(path + "/top-processes").json();
      assertThat(answer.at("/captured_at").asText()).endsWith("Z");
      assertThat(answer.at("/processes/0/name").asText()).isEqualTo("init");
      assertThat(answer.at("/processes/0/cpu_percent").asDouble()).isZero();
      assertThat(answer.at("/processes/0/children/0/pid").asInt()).isEqualTo(2);
    }
  }

  @Test
  void tellsHowFarAnInstallationGot() throws Exception {
    var before = member.get(path + "/install-progress").json();
    assertThat(before.at("/state").asText()).isEqualTo("running");
    assertThat(before.at("/steps/0/status").asText()).isEqualTo("done");
    assertThat(before.at("/steps/1/status").asText()).isEqualTo("running");
    assertThat(before.at("/steps/2/status").asText()).isEqualTo("pending");
    try (var agent = new PlayedAgent(fleet.grpc.port(), server)) {
      await("it is online", () -> fleet.server(server.id()).status() == ServerStatus.ONLINE);
      assertThat(member.get(path + "/install-progress").at("/state")).isEqualTo("completed");
    }
  }

  @Test
  void countsTheTimeThatAServerWasThere() throws Exception {
    var none = member.get(path + "/uptime").json().at("/uptime");
    assertThat(none.at("/24h/uptime_percent").isNull()).isTrue();
    assertThat(none.at("/last_outage_at").isNull()).isTrue();
    try (var agent = new PlayedAgent(fleet.grpc.port(), server)) {
      await("it is online", () -> fleet.server(server.id()).status() == ServerStatus.ONLINE);
      fleet.offlineIn(Duration.ofMinutes(2), server.id());
      var down = member.get(path + "/uptime").json().at("/uptime");
      assertThat(down.at("/24h/incidents").asInt()).isEqualTo(1);
      assertThat(down.at("/7d/incidents").asInt()).isEqualTo(1);
      assertThat(down.at("/current_streak_seconds").asLong()).isZero();
      assertThat(down.at("/last_outage_at").asText()).endsWith("Z");
      agent.beat(beat());
      agent.beat(beat());
      var up = member.get(path + "/uptime").json().at("/uptime");
      assertThat(up.at("/30d/uptime_percent").asDouble()).isBetween(0.0, 100.0);
    }
  }

  @Test
  void samplesOfAHeartbeatAreKeptAndForecast() throws Exception {
    var empty = member.get(path + "/capacity-forecast").json().at("/forecast");
    assertThat(empty.at("/disk/current_percent").isNull()).isTrue();
    assertThat(empty.at("/disk/days_to_exhaustion").isNull()).isTrue();
    assertThat(empty.at("/method").asText()).isEqualTo("linear");
    fleet.db.run(
        Scope.platform("test"),
        () -> fleet.sampleRows.addDay(LocalDate.now(ZoneOffset.UTC).plusDays(1)));
    var rows = new ArrayList<Map<String, Object>>();
    var now = Instant.now();
    for (var hour = 0; hour < 24 * 10; hour++) {
      rows.add(
          Map.of(
              "tenant_id",
              fleet.tenant,
              "server_id",
              server.id(),
              "at",
              now.minus(Duration.ofHours(hour)),
              "disk_used_mb",
              8_000 - hour * 10,
              "disk_total_mb",
              10_000,
              "memory_used_mb",
              500,
              "memory_total_mb",
              1_000));
    }
    fleet.db.run(Scope.platform("test"), () -> fleet.sampleRows.add(Kind.SYSTEM, rows));
    var forecast = member.get(path + "/capacity-forecast").json().at("/forecast");
    assertThat(forecast.at("/disk/current_percent").asDouble()).isEqualTo(80);
    // 10 MB an hour are 2.4 % a day of 10 000 MB; 20 % are left.
    assertThat(forecast.at("/disk/slope_percent_per_day").asDouble()).isBetween(2.3, 2.5);
    assertThat(forecast.at("/disk/days_to_exhaustion").asDouble()).isBetween(8.0, 8.7);
    assertThat(forecast.at("/disk/confidence").asText()).isEqualTo("high");
    assertThat(forecast.at("/disk/sample_count").asInt()).isEqualTo(240);
    assertThat(forecast.at("/memory/days_to_exhaustion").isNull()).isTrue();
    assertThat(forecast.at("/cpu/current_percent").isNull()).isTrue();
  }

  @Test
  void checksWhatCanBeReliedOn() throws Exception {
    var tenant = Ids.next();
    var client = fleet.platform.as(tenant, Role.USER);
    assertThat(client.get("/api/reliability/checks").at("/overall")).isEqualTo("unknown");
    var mine = fleet.enrol(tenant, "checked");
    var app = fleet.apps.add(tenant, "shop", mine.id());
    try (var agent = new PlayedAgent(fleet.grpc.port(), mine)) {
      agent.beat(
          beat()
              .addRouteMetrics(
                  RouteMetrics.newBuilder()
                      .setDomain("shop.test")
                      .setRequestCount(10)
                      .setStatus5Xx(5)));
      await("the sample is there", () -> route(client).equals("fail"));
      var all = client.get("/api/reliability/checks").json();
      assertThat(all.at("/overall").asText()).isEqualTo("fail");
      var one = client.get("/api/reliability/checks?surface=agent&app_id=" + app).json();
      assertThat(one.at("/checks").size()).isEqualTo(1);
      assertThat(one.at("/checks/0/status").asText()).isEqualTo("ok");
      assertThat(one.at("/checks/0/subject/name").asText()).isEqualTo("checked");
      assertThat(client.get("/api/reliability/checks?surface=dns").at("/checks/0/status"))
          .isEqualTo("unknown");
      assertThat(client.get("/api/reliability/checks?server_id=" + server.id()).status())
          .isEqualTo(404);
      assertThat(client.get("/api/reliability/checks?app_id=" + Ids.next()).status())
          .isEqualTo(404);
      assertThat(client.get("/api/reliability/checks?surface=odd").status()).isEqualTo(400);
    }
  }

  @Test
  void checksWhatAgentsMeasure() throws Exception {
    var tenant = Ids.next();
    var client = fleet.platform.as(tenant, Role.USER);
    var mine = fleet.enrol(tenant, "measured");
    try (var agent = new PlayedAgent(fleet.grpc.port(), mine)) {
      assertThat(dwaar(client)).isEqualTo("unknown");
      agent.beat(
          beat()
              .setProxyMetrics(ProxyMetrics.newBuilder().setTotalRequests(9).setRateLimitRejects(2))
              .addAnalytics(
                  AnalyticsSnapshot.newBuilder()
                      .setDomain("blog.test")
                      .setPageViews60M(20)
                      .setStatus5Xx(2)
                      .addTopPages(PageCount.newBuilder().setPath("/").setCount(20))
                      .addDevices(DeviceCount.newBuilder().setDevice("bot\0").setCount(3)))
              .addServiceMetrics(
                  ServiceMetric.newBuilder()
                      .setContainerName("agent-self")
                      .setServiceType("agent_internal")
                      .putGauges("agent_log_spool_dropped_records", 7)
                      .putGauges("nonsense", Double.NaN)
                      .putCounters("agent_process_start_time_unix", 0))
              .addHealthCheckResults(
                  HealthCheckResult.newBuilder()
                      .setCheckId("web")
                      .setStatus("unhealthy")
                      .setErrorMessage("connection refused")
                      .setTimestampNs(Long.MAX_VALUE)));
      await("the samples are there", () -> !dwaar(client).equals("unknown"));
      await("all of them are", () -> checks(client, "route").size() == 2);
      await("the agent's own, too", () -> status(client, "agent").equals("warn"));
      assertThat(dwaar(client)).isEqualTo("ok");
      var dwaar = checks(client, "dwaar").at("/0/observed").asText();
      assertThat(dwaar).contains("9 requests", "2 of them refused");
      var routes = checks(client, "route");
      assertThat(routes.at("/0/subject/name").asText()).isEqualTo("blog.test");
      assertThat(routes.at("/0/status").asText()).isEqualTo("warn");
      assertThat(routes.at("/1/subject/kind").asText()).isEqualTo("health_check");
      assertThat(routes.at("/1/status").asText()).isEqualTo("fail");
      assertThat(routes.at("/1/observed").asText()).isEqualTo("connection refused");
      assertThat(checks(client, "agent").at("/0/observed").asText()).isEqualTo("7 lines dropped");
    }
  }

  @Test
  void asksHowTheNamesOfRoutesResolve() throws Exception {
    var tenant = Ids.next();
    var client = fleet.platform.as(tenant, Role.USER);
    var mine = fleet.enrol(tenant, "named");
    var shop = fleet.apps.add(tenant, "shop", mine.id());
    var blog = fleet.apps.add(tenant, "blog", mine.id());
    assertThat(status(client, "dns")).isEqualTo("unknown");
    ServerRoutes routes =
        (owner, on) ->
            on.equals(mine.id())
                ? Stream.of("a.shop.example", "b.shop.example", "c.shop.example", "d.local")
                    .map(name -> new ServerRoutes.Route(name, "shop-1", 80, shop, null, List.of()))
                    .toList()
                : List.of();
    fleet.residents.addRoutes(routes);
    try (var agent = new PlayedAgent(fleet.grpc.port(), mine)) {
      agent.beat(
          beat()
              .setSystem(
                  SystemMetrics.newBuilder()
                      .setPublicIpv4("192.0.2.7")
                      .setPublicIpv6("2001:db8::7")));
      fleet.addresses.put("a.shop.example", "2001:db8:0:0:0:0:0:7");
      fleet.addresses.put("b.shop.example", "198.51.100.1");
      var found = checks(client, "dns");
      assertThat(found.findValuesAsText("status")).containsExactly("ok", "warn", "fail");
      assertThat(found.at("/0/subject/kind").asText()).isEqualTo("domain");
      assertThat(found.at("/0/subject/name").asText()).isEqualTo("a.shop.example");
      assertThat(found.at("/1/observed").asText()).isEqualTo("198.51.100.1");
      assertThat(found.at("/1/expected").asText()).contains("192.0.2.7");
      var other = client.get("/api/reliability/checks?surface=dns&app_id=" + blog);
      assertThat(other.at("/checks/0/status")).isEqualTo("unknown");
    } finally {
      fleet.residents.removeRoutes(routes);
    }
  }

  @Test
  void takesServedRequestsForAProxyThatWorks() throws Exception {
    var tenant = Ids.next();
    var client = fleet.platform.as(tenant, Role.USER);
    var mine = fleet.enrol(tenant, "served");
    try (var agent = new PlayedAgent(fleet.grpc.port(), mine)) {
      agent.beat(
          beat()
              .addRouteMetrics(
                  RouteMetrics.newBuilder().setDomain("shop.test").setRequestCount(10)));
      await("it is taken in", () -> dwaar(client).equals("ok"));
      assertThat(checks(client, "dwaar").at("/0/observed").asText()).startsWith("10 requests");
    }
  }

  private static JsonNode checks(TestClient client, String surface) {
    return client.get("/api/reliability/checks?surface=" + surface).json().at("/checks");
  }

  private static String status(TestClient client, String surface) {
    return checks(client, surface).at("/0/status").asText();
  }

  private static String dwaar(TestClient client) {
    return status(client, "dwaar");
  }

  private static String route(TestClient client) {
    return client.get("/api/reliability/checks?surface=route").at("/checks/0/status");
  }

  @Test
  void listsTheNetworkAsTheAgentSeesIt() throws Exception {
    assertThat(member.get(path + "/deploy-net").status()).isEqualTo(422);
    try (var agent = new PlayedAgent(fleet.grpc.port(), server)) {
      await("it is online", () -> fleet.server(server.id()).status() == ServerStatus.ONLINE);
      agent.answer(
          "NETWORK_INSPECT",
          "{\"network_name\":\"deploy-net\",\"containers\":[{\"container_id\":\"c1\","
              + "\"container_name\":\"stranger\",\"ipv4_address\":\"172.18.0.2/16\","
              + "\"mac_address\":\"02:42\"}]}");
      var answer = member.get(path + "/deploy-net").json();
      assertThat(answer.at("/network").asText()).isEqualTo("deploy-net");
      assertThat(answer.at("/containers/0/ip").asText()).isEqualTo("172.18.0.2");
      assertThat(answer.at("/containers/0/app_id").isNull()).isTrue();
      assertThat(answer.at("/containers/0/unexpected_on_deploy_net").asBoolean()).isTrue();
    }
  }
}
