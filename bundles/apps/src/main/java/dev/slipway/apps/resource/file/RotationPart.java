package dev.slipway.apps.resource.file;

import dev.slipway.api.Caller;
import dev.slipway.api.Times;
import dev.slipway.api.platform.Json;
import dev.slipway.apps.App;
import dev.slipway.apps.AppFilePart;
import dev.slipway.apps.AppsError;
import dev.slipway.apps.EnvVar;
import dev.slipway.apps.Environment;
import dev.slipway.apps.RotationRule;
import dev.slipway.apps.Stage;
import dev.slipway.apps.TemplateVariable.Generator;
import dev.slipway.apps.service.environment.EnvironmentService;
import dev.slipway.apps.service.secret.RotationDraft;
import dev.slipway.apps.service.secret.RotationService;
import dev.slipway.apps.service.variable.EnvVarService;
import dev.slipway.apps.service.variable.EnvironmentVariableService;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The section {@code rotation} of the file: when secrets of the app, and of its environments, get
 * new values. When the present ones end is no matter of a file.
 */
@Component(service = AppFilePart.class)
public final class RotationPart implements AppFilePart {
  private static final String NAME = "rotation";
  private static final String APP = "app";
  private static final String ENVIRONMENTS = "environments";

  private static final String RULES =
      """
      {
        "type": "object", "default": {},
        "additionalProperties": {
          "type": "object", "additionalProperties": false,
          "properties": {
            "generate": {"enum": ["none", "password", "uuid", "hex32"], "default": "none",
              "description": "What makes a new value; none: somebody gives it"},
            "interval_days": {"type": "integer", "minimum": 1, "maximum": 3650},
            "redeploy": {"type": "boolean", "default": false}
          }
        }
      }
      """;

  private final RotationService service;
  private final EnvVarService variables;
  private final EnvironmentService environments;
  private final OverridesSection overrides;
  private final Json json;

  /** Made by the component runtime. */
  @Activate
  public RotationPart(
      @Reference RotationService service,
      @Reference EnvVarService variables,
      @Reference EnvironmentService environments,
      @Reference EnvironmentVariableService overrides,
      @Reference Json json) {
    this.service = service;
    this.variables = variables;
    this.environments = environments;
    this.overrides = new OverridesSection(overrides, json);
    this.json = json;
  }

  /** A rule as a file has it. */
  public record Wanted(Generator generate, @Nullable Integer intervalDays, boolean redeploy) {
    static Wanted of(RotationRule rule) {
      return new Wanted(rule.generate(), rule.intervalDays(), rule.redeploy());
    }

    /** The present value keeps its end, unless values are to be good for another time. */
    RotationDraft draft(@Nullable RotationRule known, Instant now) {
      var end = known == null ? null : known.dueAt();
      var stays =
          known != null
              && Objects.equals(known.intervalDays(), intervalDays)
              && end != null
              && end.isAfter(now);
      return new RotationDraft(generate, null, intervalDays, stays ? end : null, redeploy);
    }
  }

  @Override
  public String schema() {
    return """
        {
          "rotation": {
            "type": "object", "additionalProperties": false,
            "properties": {
              "app": %1$s,
              "environments": {"type": "object", "default": {}, "additionalProperties": %1$s}
            }
          }
        }
        """
        .formatted(RULES);
  }

  @Override
  public int order() {
    return 40;
  }

  @Override
  public Map<String, @Nullable Object> read(Caller caller, App app) {
    var section = new LinkedHashMap<String, @Nullable Object>();
    put(section, APP, shown(caller, variables.list(caller, app.id())));
    var places = new LinkedHashMap<String, @Nullable Object>();
    lasting(caller, app)
        .forEach(each -> put(places, each.slug(), shown(caller, overrides.own(caller, each.id()))));
    put(section, ENVIRONMENTS, places);
    return Map.of(NAME, section);
  }

  private static void put(
      Map<String, @Nullable Object> all, String name, Map<String, @Nullable Object> members) {
    if (!members.isEmpty()) {
      all.put(name, members);
    }
  }

  private Map<String, @Nullable Object> shown(Caller caller, List<EnvVar> all) {
    var rules = service.rules(caller, all);
    var shown = new LinkedHashMap<String, @Nullable Object>();
    all.stream()
        .filter(variable -> rules.containsKey(variable.id()))
        .forEach(
            variable ->
                shown.put(variable.key(), json.members(Wanted.of(rules.get(variable.id())))));
    return shown;
  }

  private List<Environment> lasting(Caller caller, App app) {
    return environments.list(caller, app.id()).stream()
        .filter(environment -> environment.stage() != Stage.PREVIEW)
        .toList();
  }

  @Override
  public List<String> write(Caller caller, App app, Map<String, @Nullable Object> sections) {
    var section = (Map<?, ?>) Objects.requireNonNull(sections.get(NAME));
    var own = variables.list(caller, app.id());
    var needed = new ArrayList<>(bring(caller, NAME + "." + APP, own, rules(section.get(APP))));
    var places = new LinkedHashMap<Object, Object>(rules(section.get(ENVIRONMENTS)));
    for (var environment : lasting(caller, app)) {
      var path = NAME + "." + ENVIRONMENTS + "." + environment.slug();
      var wanted = rules(places.remove(environment.slug()));
      needed.addAll(bring(caller, path, overrides.own(caller, environment.id()), wanted));
    }
    for (var unknown : places.keySet()) {
      throw AppsError.ENVIRONMENT_NOT_FOUND.at(NAME + "." + ENVIRONMENTS + "." + unknown);
    }
    return needed;
  }

  /** What is not mentioned has none. */
  private static Map<?, ?> rules(@Nullable Object section) {
    return section == null ? Map.of() : (Map<?, ?>) section;
  }

  /** Brings the rules of one owner's variables to what a file says; the paths of those to come. */
  private List<String> bring(Caller caller, String path, List<EnvVar> all, Map<?, ?> wanted) {
    var rules = service.rules(caller, all);
    var byKey = all.stream().collect(Collectors.toMap(EnvVar::key, Function.identity()));
    byKey.values().stream()
        .filter(known -> rules.containsKey(known.id()) && !wanted.containsKey(known.key()))
        .forEach(known -> service.delete(caller, known.id()));
    var needed = new ArrayList<String>();
    wanted.forEach(
        (key, content) -> {
          var at = path + "." + key;
          var known = byKey.get(key);
          if (known == null) {
            needed.add(at);
          } else {
            var rule = json.read(json.write(content), Wanted.class);
            AppFilePart.at(at, () -> put(caller, known, rules.get(known.id()), rule));
          }
        });
    return needed;
  }

  private EnvVar put(Caller caller, EnvVar secret, @Nullable RotationRule known, Wanted wanted) {
    if (known == null || !wanted.equals(Wanted.of(known))) {
      service.put(caller, secret.id(), wanted.draft(known, Times.now()));
    }
    return secret;
  }
}
