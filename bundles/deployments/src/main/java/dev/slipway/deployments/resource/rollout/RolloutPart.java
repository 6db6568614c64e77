package dev.slipway.deployments.resource.rollout;

import dev.slipway.api.Caller;
import dev.slipway.api.platform.Json;
import dev.slipway.apps.App;
import dev.slipway.apps.AppFilePart;
import dev.slipway.deployments.resource.rollout.RolloutPayloads.Policy;
import dev.slipway.deployments.resource.rollout.RolloutPayloads.RolloutAnswer;
import dev.slipway.deployments.service.rollout.RolloutService;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The section {@code rollout} of an app's file: its policy by the names of the API. */
@Component(service = AppFilePart.class)
public final class RolloutPart implements AppFilePart {
  private static final String NAME = "rollout";
  private static final String STRATEGY = "strategy";

  /** No policy. */
  private static final String NONE = "none";

  private final RolloutService service;
  private final Json json;

  @Activate
  public RolloutPart(@Reference RolloutService service, @Reference Json json) {
    this.service = service;
    this.json = json;
  }

  @Override
  public String schema() {
    return """
        {
          "rollout": {
            "type": "object", "additionalProperties": false, "required": ["strategy"],
            "properties": {
              "strategy": {"enum": ["none", "rolling", "canary", "blue_green", "recreate"]},
              "steps": {
                "type": "array", "maxItems": 20, "default": [],
                "items": {
                  "type": "object", "additionalProperties": false,
                  "required": ["weight_percent", "pause_seconds"],
                  "properties": {
                    "weight_percent": {"type": "integer", "minimum": 1, "maximum": 100},
                    "pause_seconds": {"type": "integer", "minimum": 0, "maximum": 604800}
                  }
                }
              },
              "min_health_score": {"type": "integer", "minimum": 0, "maximum": 100,
                "default": 80},
              "bake_seconds": {"type": "integer", "minimum": 0, "maximum": 604800,
                "default": 300},
              "auto_rollback": {"type": "boolean", "default": true},
              "max_error_rate_percent": {"type": "number", "minimum": 0, "maximum": 100},
              "max_latency_p95_ms": {"type": "integer", "minimum": 1, "maximum": 2147483647}
            }
          }
        }
        """;
  }

  @Override
  public int order() {
    return 110;
  }

  @Override
  public Map<String, @Nullable Object> read(Caller caller, App app) {
    var policy = service.find(caller, app.id()).map(RolloutAnswer::of).orElse(null);
    if (policy == null) {
      return Map.of(NAME, Map.of(STRATEGY, NONE));
    }
    var members = new LinkedHashMap<>(json.members(policy.rolloutPolicy()));
    members.keySet().removeAll(List.of("id", "app_id", "created_at", "updated_at"));
    return Map.of(NAME, members);
  }

  @Override
  public List<String> write(Caller caller, App app, Map<String, @Nullable Object> sections) {
    var section = (Map<?, ?>) Objects.requireNonNull(sections.get(NAME));
    if (NONE.equals(section.get(STRATEGY))) {
      service.delete(caller, app.id());
      return List.of();
    }
    var draft = json.read(json.write(section), Policy.class).toDraft();
    var first = service.find(caller, app.id()).isEmpty();
    AppFilePart.at(
        NAME,
        () ->
            first
                ? service.create(caller, app.id(), draft)
                : service.replace(caller, app.id(), draft));
    return List.of();
  }
}
