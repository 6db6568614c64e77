package dev.slipway.scripts.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.Ids;
import dev.slipway.api.Times;
import dev.slipway.api.script.ScriptLimit;
import dev.slipway.api.script.ScriptOutcome.Status;
import dev.slipway.scripts.Execution;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Executions of many runs at once, on a real database. */
class ExecutionLogIT {
  private static ScriptsPlatform feature;

  @BeforeAll
  static void start() {
    feature = new ScriptsPlatform();
  }

  @AfterAll
  static void stop() throws Exception {
    feature.close();
  }

  private static Execution execution(UUID tenant, UUID script, String trigger) {
    return new Execution(
        Ids.next(),
        tenant,
        script,
        1,
        "schedule",
        trigger,
        null,
        false,
        "{\"scheduled_at\":\"x\"}",
        Status.LIMIT_EXCEEDED,
        null,
        Map.of("message", "it's \\ \u00e4", "line", 3),
        ScriptLimit.CPU,
        List.of(Map.of("level", "info", "message", "a", "at", "2026-01-01T00:00:00Z")),
        List.of(),
        7,
        8,
        Times.now());
  }

  private static UUID script(UUID tenant, String name) {
    return feature.script(
        feature.admin(tenant),
        Map.of(
            "name",
            name,
            "hook",
            "schedule",
            "filter",
            Map.of("cron", "0 0 1 1 *"),
            "source",
            "export default async () => null"));
  }

  @Test
  void allThatEndAtOnceAreKept() throws Exception {
    var tenants = List.of(Ids.next(), Ids.next());
    var scripts = tenants.stream().map(tenant -> script(tenant, "busy")).toList();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var kept =
          java.util.stream.IntStream.range(0, 200)
              .<Future<?>>mapToObj(
                  i ->
                      threads.submit(
                          () ->
                              feature.executionLog.keep(
                                  execution(tenants.get(i % 2), scripts.get(i % 2), "t" + i))))
              .toList();
      for (var each : kept) {
        each.get();
      }
    }
    for (var i = 0; i < 2; i++) {
      var admin = feature.admin(tenants.get(i));
      var answer = admin.get("/api/scripts/" + scripts.get(i) + "/executions?limit=200").json();
      assertThat(answer.path("executions")).hasSize(100);
      var one = answer.path("executions").get(0);
      assertThat(one.path("status").asText()).isEqualTo("limit_exceeded");
      assertThat(one.path("limit").asText()).isEqualTo("cpu");
      assertThat(one.at("/error/message").asText()).isEqualTo("it's \\ \u00e4");
      assertThat(one.at("/logs/0/message").asText()).isEqualTo("a");
      assertThat(admin.get("/api/scripts/" + scripts.get(i)).at("/script/last_execution/status"))
          .isEqualTo("limit_exceeded");
    }
  }

  @Test
  void whatCanNotBeKeptIsNotTheOthersLoss() throws Exception {
    var tenant = Ids.next();
    var id = script(tenant, "lone");
    var admin = feature.admin(tenant);
    // Of a script that is gone, nothing is kept and nothing fails.
    feature.executionLog.keep(execution(tenant, Ids.next(), "gone"));
    var twice = execution(tenant, id, "once");
    feature.executionLog.keep(twice);
    assertThatThrownBy(() -> feature.executionLog.keep(twice)).isInstanceOf(RuntimeException.class);
    feature.executionLog.keep(execution(tenant, id, "next"));
    assertThat(admin.get("/api/scripts/" + id + "/executions").json().path("executions"))
        .hasSize(2);
  }
}
