package dev.slipway.deployments.service.rollout;

import dev.slipway.api.Scope;
import dev.slipway.api.script.ScriptRun;
import dev.slipway.api.script.ScriptTrigger;
import dev.slipway.api.script.Scripts;
import dev.slipway.api.spi.ScriptHook;
import dev.slipway.data.Database;
import dev.slipway.deployments.store.rollout.RolloutRunRow;
import dev.slipway.deployments.store.rollout.RolloutStore;
import dev.slipway.deployments.store.rollout.ScoreRow;
import dev.slipway.deployments.store.rollout.ScoreStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * Lets tenants' scripts hold a rollout that keeps to its policy. They are asked outside of any unit
 * of work, when a watch is about to end; what they say is kept, and the watch goes by that.
 */
@Component(service = {ScriptHook.class, ScriptGate.class})
public final class ScriptGate implements ScriptHook {
  static final String NAME = "deployment.gate";

  private final Database database;
  private final RolloutStore rollouts;
  private final ScoreStore scores;
  private volatile @Nullable Scripts scripts;

  @Activate
  public ScriptGate(@Reference Database database) {
    this.database = database;
    rollouts = new RolloutStore(database);
    scores = new ScoreStore(database);
  }

  /** The feature that runs scripts is there. */
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  public void bindScripts(Scripts present) {
    scripts = present;
  }

  /** It is gone. */
  public void unbindScripts(Scripts gone) {
    if (scripts == gone) {
      scripts = null;
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String summary() {
    return "Runs when a new version has kept to its rollout policy for the time of a step; where"
        + " one script does not pass it, the gate fails.";
  }

  @Override
  public String input() {
    return """
        { "type": "object", "additionalProperties": false,
          "required": ["app_id", "deployment_id", "strategy", "score", "verdict", "components"],
          "properties": {
            "app_id": { "type": "string" },
            "deployment_id": { "type": "string" },
            "strategy": { "type": "string", "description": "rolling, canary, blue_green or recreate" },
            "score": { "type": "integer", "description": "The health score, 0 to 100" },
            "verdict": { "type": "string" },
            "components": { "type": "array", "description": "What the score is made of",
              "items": { "type": "object" } } } }
        """;
  }

  @Override
  public String result() {
    return """
        { "type": "object", "required": ["pass"], "additionalProperties": false,
          "properties": {
            "pass": { "type": "boolean", "description": "Whether the version may go on" },
            "reason": { "type": "string", "maxLength": 300, "description": "Why not" } } }
        """;
  }

  @Override
  public String sampleEvent() {
    return """
        { "app_id": "0199c0de-0000-7000-8000-000000000001",
          "deployment_id": "0199c0de-0000-7000-8000-000000000002",
          "strategy": "canary", "score": 97, "verdict": "healthy",
          "components": [ { "name": "error_rate", "score": 97, "weight": 40, "value": 0.3,
            "baseline": 0.0 } ] }
        """;
  }

  /** Whether the tenant has scripts here. */
  boolean isAttached(UUID tenantId) {
    var present = scripts;
    return present != null && present.attached(tenantId, NAME);
  }

  /** Whether a rollout waits for the tenant's scripts. */
  boolean isAwaited(UUID tenantId, UUID deploymentId) {
    return scripts != null
        && database
            .read(Scope.tenant(tenantId), () -> rollouts.run(deploymentId))
            .filter(RolloutRunRow::awaitsAnswer)
            .isPresent();
  }

  /** The tenant's scripts have their turn to decide over a rollout. */
  void begin(UUID tenantId, UUID deploymentId) {
    database.run(
        Scope.tenant(tenantId),
        () ->
            rollouts
                .run(deploymentId)
                .filter(RolloutRunRow::awaitsAnswer)
                .ifPresent(rollouts::asked));
  }

  /** Asks the tenant's scripts about a rollout that waits for them. */
  void ask(UUID tenantId, UUID deploymentId) {
    var scope = Scope.tenant(tenantId);
    var rollout = database.read(scope, () -> rollouts.run(deploymentId)).orElse(null);
    var present = scripts;
    if (present == null || rollout == null || !rollout.awaitsAnswer()) {
      return;
    }
    var score = database.read(scope, () -> scores.find(deploymentId)).orElseThrow();
    try {
      var trigger = new ScriptTrigger("deployment", deploymentId.toString());
      var answer = answer(present.run(tenantId, NAME, event(rollout, score), trigger));
      if (answer != null) {
        database.run(scope, () -> rollouts.answer(rollout, answer));
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Empty where all let it pass; null where one has to be asked again because it failed. */
  private static @Nullable String answer(List<ScriptRun> runs) {
    if (!runs.stream().allMatch(ScriptRun::succeeded)) {
      return null;
    }
    return runs.stream().map(ScriptGate::refusal).filter(Objects::nonNull).findFirst().orElse("");
  }

  private static @Nullable String refusal(ScriptRun run) {
    var said = Objects.requireNonNull((Map<?, ?>) run.result());
    if (Boolean.TRUE.equals(said.get("pass"))) {
      return null;
    }
    var reason = said.get("reason");
    return "the script "
        + run.scriptName()
        + " does not pass it"
        + (reason == null ? "" : ": " + reason);
  }

  private static Map<String, @Nullable Object> event(RolloutRunRow rollout, ScoreRow score) {
    var event = new LinkedHashMap<String, @Nullable Object>();
    event.put("app_id", rollout.appId().toString());
    event.put("deployment_id", rollout.id().toString());
    event.put("strategy", rollout.strategy().name().toLowerCase(Locale.ROOT));
    event.put("score", score.score());
    event.put("verdict", score.verdict());
    event.put("components", score.components());
    return event;
  }
}
