package dev.slipway.scripts.service;

import dev.slipway.api.platform.Json;
import dev.slipway.api.spi.ScriptHook;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The hooks that are there whichever features are; each stands in a file of its name. */
final class HouseHook implements ScriptHook {
  static final String EVENT_LISTENER = "event.listener";
  static final String SCHEDULE = "schedule";
  static final String WEBHOOK_RECEIVE = "webhook.receive";

  private static final List<String> NAMES =
      List.of(
          "alert.condition",
          "remediation.action",
          "webhook.transform",
          WEBHOOK_RECEIVE,
          EVENT_LISTENER,
          SCHEDULE);

  private final String name;
  private final Map<String, @Nullable Object> content;
  private final Json json;

  private HouseHook(String name, Map<String, @Nullable Object> content, Json json) {
    this.name = name;
    this.content = content;
    this.json = json;
  }

  static List<ScriptHook> all(Json json) {
    return NAMES.stream().map(name -> read(name, json)).toList();
  }

  @SuppressWarnings("unchecked")
  private static ScriptHook read(String name, Json json) {
    try (var in = HouseHook.class.getResourceAsStream(name + ".json")) {
      var text =
          new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
      return new HouseHook(name, json.read(text, Map.class), json);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String summary() {
    return (String) Objects.requireNonNull(content.get("summary"));
  }

  @Override
  public String input() {
    return json.write(content.get("input"));
  }

  @Override
  public String result() {
    return json.write(content.getOrDefault("result", Map.of()));
  }

  @Override
  public String filter() {
    var filter = content.get("filter");
    return filter == null ? ScriptHook.super.filter() : json.write(filter);
  }

  @Override
  public String sampleEvent() {
    return json.write(content.get("sample"));
  }

  @Override
  public Set<String> withheld() {
    var names = new TreeSet<String>();
    if (content.get("withheld") instanceof List<?> list) {
      list.forEach(entry -> names.add((String) entry));
    }
    return names;
  }

  @Override
  public Duration timeout() {
    return content.get("timeout_ms") instanceof Number millis
        ? Duration.ofMillis(millis.longValue())
        : ScriptHook.super.timeout();
  }
}
