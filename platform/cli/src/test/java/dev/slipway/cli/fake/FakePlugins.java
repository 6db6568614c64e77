package dev.slipway.cli.fake;

import static dev.slipway.cli.fake.FakePlatform.object;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.cli.fake.FakePlatform.Needs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** Plugins whose jar is taken for what its bytes are. */
public final class FakePlugins {
  public final Map<String, ObjectNode> plugins = new ConcurrentSkipListMap<>();
  public volatile Map<String, String> lastQuery = Map.of();
  public volatile int lastSize;
  public volatile ObjectNode settings = object().put("salutation", "Hello");
  public final ObjectNode key = object();
  public volatile List<String> granted = List.of();

  void routes(FakePlatform platform) {
    platform.on("GET", "/api/admin/plugins", Needs.TOKEN, this::list);
    platform.on("POST", "/api/admin/plugins", Needs.TOKEN, this::install);
    platform.on("GET", "/api/admin/plugins/events", Needs.TOKEN, this::events);
    platform.on("PUT", "/api/admin/plugins/{}", Needs.TOKEN, this::update);
    platform.on("DELETE", "/api/admin/plugins/{}", Needs.TOKEN, this::remove);
    platform.on("GET", "/api/admin/plugins/{}/settings", Needs.TOKEN, this::settings);
    platform.on("PUT", "/api/admin/plugins/{}/settings", Needs.TOKEN, this::configure);
    platform.on("GET", "/api/admin/plugins/{}/permissions", Needs.TOKEN, this::permissions);
    platform.on("PUT", "/api/admin/plugins/{}/permissions", Needs.TOKEN, this::grant);
    platform.on("POST", "/api/admin/plugin-outlook", Needs.TOKEN, this::outlook);
    var trust = "/api/admin/plugin-trust";
    platform.on(
        "GET",
        trust,
        Needs.TOKEN,
        call -> call.answer(200, "keys", JsonNodeFactory.instance.arrayNode().add(key)));
    platform.on("POST", trust + "/keys", Needs.TOKEN, this::trust);
    platform.on("POST", trust + "/keys/{}/revoke", Needs.TOKEN, this::revokeKey);
    platform.on("POST", trust + "/revoked-files", Needs.TOKEN, this::revokeFile);
    platform.on("POST", "/api/admin/plugins/{}/enable", Needs.TOKEN, c -> turn(c, "active"));
    platform.on("POST", "/api/admin/plugins/{}/disable", Needs.TOKEN, c -> turn(c, "disabled"));
  }

  private void settings(Call call) throws IOException {
    plugin(call);
    call.noBody();
    call.answer(200, object().set("values", settings));
  }

  private void configure(Call call) throws IOException {
    plugin(call);
    settings = (ObjectNode) call.json("values!").path("values");
    call.answer(200, object().set("values", settings));
  }

  private void trust(Call call) throws IOException {
    key.setAll(call.json("name!", "public_key!"));
    call.answer(201, "key", key.put("id", "k1"));
  }

  private void revokeKey(Call call) throws IOException {
    key.put("revoked_for", call.json("reason!").path("reason").asText());
    call.answer(200, "key", key);
  }

  private void revokeFile(Call call) throws IOException {
    call.answer(201, "file", call.json("digest!", "reason!"));
  }

  private void list(Call call) throws IOException {
    lastQuery = call.query("state", "kind");
    var list = JsonNodeFactory.instance.arrayNode();
    plugins.values().forEach(list::add);
    call.answer(200, "plugins", list);
  }

  private void install(Call call) throws IOException {
    FakeApps.key(call);
    lastQuery = call.query("enable");
    take(call);
    var plugin = object().put("id", "example-greeting").put("version", "1.0.0");
    plugin.put("kind", "plugin");
    plugin.put("state", "true".equals(lastQuery.get("enable")) ? "active" : "disabled");
    if (plugins.putIfAbsent("example-greeting", plugin) != null) {
      throw new Refusal(409, "this version is installed");
    }
    call.answer(201, "plugin", plugin);
  }

  private void permissions(Call call) throws IOException {
    plugin(call);
    var answer = object();
    answer.putArray("asked").add("events:apps.*");
    var array = answer.putArray("granted");
    granted.forEach(array::add);
    call.answer(200, answer);
  }

  private void grant(Call call) throws IOException {
    var wanted = new ArrayList<String>();
    call.json("granted!").path("granted").forEach(one -> wanted.add(one.asText()));
    granted = wanted;
    permissions(call);
  }

  private void outlook(Call call) throws IOException {
    take(call);
    var answer = object().put("resolves", false);
    answer.putArray("missing").add("package com.example.nowhere");
    call.answer(200, answer);
  }

  private void update(Call call) throws IOException {
    lastQuery = call.query("grant");
    take(call);
    call.answer(200, "plugin", plugin(call).put("version", "2.0.0"));
  }

  private void remove(Call call) throws IOException {
    lastQuery = call.query("purge");
    call.noBody();
    plugins.remove(plugin(call).path("id").asText());
    call.answer(204, null);
  }

  private void turn(Call call, String state) throws IOException {
    lastQuery = call.query("drain_seconds", "cascade");
    call.noBody();
    call.answer(200, "plugin", plugin(call).put("state", state));
  }

  private void events(Call call) throws IOException {
    if (call.header("Last-Event-ID") != null) {
      call.answer(204, null);
      return;
    }
    try (var out = call.events(false)) {
      out.write(
          "id: 7\nevent: plugin.enabled\ndata: {\"id\":\"example-greeting\"}\n\n"
              .getBytes(StandardCharsets.UTF_8));
    }
  }

  private ObjectNode plugin(Call call) {
    var plugin = plugins.get(call.path.getFirst());
    if (plugin == null) {
      throw new Refusal(404, "no such plugin");
    }
    return plugin;
  }

  private void take(Call call) {
    if (!"application/java-archive".equals(call.header("Content-Type"))) {
      throw new Refusal(415, "a jar is expected");
    }
    lastSize = call.body().length;
  }
}
