package dev.slipway.cli.fake;

import static dev.slipway.cli.fake.FakePlatform.object;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.cli.fake.FakePlatform.Needs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** Scripts; one whose source says so fails. */
public final class FakeScripts {
  public final Map<String, ObjectNode> scripts = new ConcurrentSkipListMap<>();
  public volatile ObjectNode wish = object();

  void routes(FakePlatform platform) {
    platform.on("GET", "/api/script-hooks", Needs.TENANT, this::hooks);
    platform.on("GET", "/api/script-hooks/slipway.d.ts", Needs.TENANT, this::types);
    platform.on("GET", "/api/scripts", Needs.TENANT, this::list);
    platform.on("POST", "/api/scripts", Needs.TENANT, this::create);
    platform.on("PATCH", "/api/scripts/{}", Needs.TENANT, this::update);
    platform.on("DELETE", "/api/scripts/{}", Needs.TENANT, this::delete);
    platform.on("POST", "/api/scripts/{}/run", Needs.TENANT, this::run);
    platform.on("GET", "/api/scripts/{}/versions", Needs.TENANT, this::versions);
    platform.on("POST", "/api/scripts/{}/versions/{}/activate", Needs.TENANT, this::activate);
    platform.on("GET", "/api/scripts/{}/executions", Needs.TENANT, this::executions);
    platform.on("GET", "/api/script-executions/{}", Needs.TENANT, this::execution);
  }

  private void hooks(Call call) throws IOException {
    var answer = object();
    answer.putArray("hooks").addObject().put("name", "schedule").put("summary", "At times.");
    answer.putArray("apis").addObject().put("name", "fetch").put("summary", "Fetches.");
    call.answer(200, answer);
  }

  private void types(Call call) throws IOException {
    var bytes = "export interface Schedule {}\n".getBytes(StandardCharsets.UTF_8);
    call.exchange.getResponseHeaders().set("Content-Type", "text/plain");
    call.exchange.sendResponseHeaders(200, bytes.length);
    call.exchange.getResponseBody().write(bytes);
  }

  /** Pages of one, so that the client has to follow the cursor. */
  private void list(Call call) throws IOException {
    var after = call.query("hook", "limit", "cursor").getOrDefault("cursor", "");
    var page = JsonNodeFactory.instance.arrayNode();
    var answer = object();
    for (var script : scripts.entrySet()) {
      if (page.isEmpty() && script.getKey().compareTo(after) > 0) {
        page.add(script.getValue());
        answer.put("next_cursor", script.getKey());
      }
    }
    call.answer(200, answer.<ObjectNode>set("scripts", page));
  }

  private void create(Call call) throws IOException {
    var script = call.json("name!", "hook!", "source!", "enabled", "filter", "timeout_ms");
    var id = FakePlatform.id();
    scripts.put(id, script.put("id", id).put("version", 1));
    call.answer(201, "script", script);
  }

  private void update(Call call) throws IOException {
    var script = found(call);
    script.setAll(call.json("source", "enabled", "filter", "timeout_ms"));
    call.answer(200, "script", script.put("version", script.path("version").asInt() + 1));
  }

  private void delete(Call call) throws IOException {
    scripts.remove(found(call).path("id").asText());
    call.answer(204, null);
  }

  private void run(Call call) throws IOException {
    var script = found(call);
    wish = call.json("event", "dry_run");
    var fails = script.path("source").asText().contains("throw");
    var execution = object().put("status", fails ? "failed" : "succeeded").put("id", "e1");
    var answer = object();
    answer.set("execution", execution);
    call.answer(fails ? 422 : 200, fails ? answer.put("error", "It failed.") : answer);
  }

  private void versions(Call call) throws IOException {
    var answer = object();
    answer.putArray("versions").addObject().put("version", 1).put("active", true);
    call.answer(200, answer);
  }

  private void activate(Call call) throws IOException {
    var version = Integer.parseInt(call.path.get(1));
    call.answer(200, "script", found(call).put("version", version));
  }

  private void executions(Call call) throws IOException {
    call.query("status", "limit");
    var answer = object();
    var execution = answer.putArray("executions").addObject().put("status", "failed");
    execution.putObject("error").put("message", "TypeError: x");
    call.answer(200, answer);
  }

  private void execution(Call call) throws IOException {
    var execution = object().put("id", call.path.getFirst()).put("status", "failed");
    if (call.path.getFirst().equals("e1")) {
      execution.putObject("event").put("recorded", true);
    }
    call.answer(200, "execution", execution);
  }

  private ObjectNode found(Call call) {
    var script = scripts.get(call.path.getFirst());
    if (script == null) {
      throw new Refusal(404, "no such script");
    }
    return script;
  }
}
