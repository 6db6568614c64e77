package dev.slipway.apps.resource.file;

import dev.slipway.api.Caller;
import dev.slipway.api.platform.Json;
import dev.slipway.api.rest.IfMatch;
import dev.slipway.apps.App;
import dev.slipway.apps.AppFilePart;
import dev.slipway.apps.AppsError;
import dev.slipway.apps.Environment;
import dev.slipway.apps.Stage;
import dev.slipway.apps.VolumeFate;
import dev.slipway.apps.service.environment.EnvironmentDraft;
import dev.slipway.apps.service.environment.EnvironmentService;
import dev.slipway.apps.service.variable.EnvironmentVariableService;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The section {@code environments} of the file, by their slugs. Previews come and go with what is
 * previewed: the file neither shows nor removes them.
 */
@Component(service = AppFilePart.class)
public final class EnvironmentsPart implements AppFilePart {
  private static final String NAME = "environments";
  private static final IfMatch ANY = new IfMatch(null);

  private final EnvironmentService service;
  private final OverridesSection overrides;
  private final Json json;

  /** Made by the component runtime. */
  @Activate
  public EnvironmentsPart(
      @Reference EnvironmentService service,
      @Reference EnvironmentVariableService variables,
      @Reference Json json) {
    this.service = service;
    this.json = json;
    overrides = new OverridesSection(variables, json);
  }

  /**
   * An environment as a file has it.
   *
   * @param hostname null leaves it the one that it has
   * @param promotesFrom slug of another environment
   */
  public record Wanted(
      String name,
      Stage stage,
      @Nullable String branch,
      @Nullable String hostname,
      boolean autoDeploy,
      @Nullable String promotesFrom,
      boolean isProtected,
      Map<String, Object> variables) {

    EnvironmentDraft draft(@Nullable UUID serverId, @Nullable UUID promotesFromId) {
      return new EnvironmentDraft(
          name, stage, branch, serverId, autoDeploy, promotesFromId, isProtected);
    }
  }

  @Override
  public String schema() {
    return """
        {
          "environments": {
            "type": "object",
            "additionalProperties": {
              "type": "object", "additionalProperties": false, "required": ["name"],
              "properties": {
                "name": {"type": "string", "maxLength": 40},
                "stage": {"enum": ["development", "staging", "production"],
                  "default": "development"},
                "branch": {"type": "string", "maxLength": 200},
                "hostname": {"type": "string",
                  "description": "Public name; where none is given it stays as it is"},
                "auto_deploy": {"type": "boolean", "default": false},
                "promotes_from": {"type": "string",
                  "description": "Slug of the environment whose version comes here next"},
                "is_protected": {"type": "boolean", "default": false},
                "variables": {"type": "object", "default": {}, "additionalProperties": %s}
              }
            }
          }
        }
        """
        .formatted(WantedVariable.SCHEMA.formatted(""));
  }

  @Override
  public int order() {
    return 30;
  }

  @Override
  public Map<String, @Nullable Object> read(Caller caller, App app) {
    var all = lasting(caller, app);
    var slugs = all.stream().collect(Collectors.toMap(Environment::id, Environment::slug));
    var section = new LinkedHashMap<String, @Nullable Object>();
    all.forEach(each -> section.put(each.slug(), shown(caller, each, slugs)));
    return Map.of(NAME, section);
  }

  private Map<String, @Nullable Object> shown(
      Caller caller, Environment environment, Map<UUID, String> slugs) {
    var members = new LinkedHashMap<String, @Nullable Object>();
    members.put("name", environment.name());
    members.put("stage", environment.stage().text());
    members.put("branch", environment.branch());
    members.put("hostname", environment.hostname());
    members.put("auto_deploy", environment.autoDeploy());
    members.put(
        "promotes_from",
        environment.promotesFromId() == null ? null : slugs.get(environment.promotesFromId()));
    members.put("is_protected", environment.isProtected());
    members.put("variables", overrides.read(caller, environment.id()));
    return members;
  }

  @Override
  public List<String> write(Caller caller, App app, Map<String, @Nullable Object> sections) {
    var wanted = new LinkedHashMap<String, Wanted>();
    ((Map<?, ?>) Objects.requireNonNull(sections.get(NAME)))
        .forEach(
            (slug, content) ->
                wanted.put((String) slug, json.read(json.write(content), Wanted.class)));
    var before = bySlug(caller, app);
    before.values().stream()
        .filter(environment -> !wanted.containsKey(environment.slug()))
        .forEach(environment -> remove(caller, app, environment));
    wanted.forEach((slug, each) -> put(caller, app, slug, each, before));
    var there = bySlug(caller, app);
    var needed = new ArrayList<String>();
    wanted.forEach((slug, each) -> needed.addAll(finish(caller, app, slug, each, there)));
    return needed;
  }

  @Override
  public Map<String, String> notes(
      Map<String, @Nullable Object> before, Map<String, @Nullable Object> after) {
    return AppFilePart.noteRemoved(NAME, before, after, "what its volumes hold is kept");
  }

  private Map<String, Environment> bySlug(Caller caller, App app) {
    return lasting(caller, app).stream()
        .collect(Collectors.toMap(Environment::slug, Function.identity()));
  }

  private List<Environment> lasting(Caller caller, App app) {
    return service.list(caller, app.id()).stream()
        .filter(environment -> environment.stage() != Stage.PREVIEW)
        .toList();
  }

  private void remove(Caller caller, App app, Environment environment) {
    AppFilePart.at(
        NAME + "." + environment.slug(),
        () -> {
          service.delete(caller, app.id(), environment.id(), ANY, VolumeFate.KEEP);
          return environment;
        });
  }

  /** All but what refers to others, which may not be there yet or lead around in a circle. */
  private void put(
      Caller caller, App app, String slug, Wanted wanted, Map<String, Environment> before) {
    var known = before.get(slug);
    AppFilePart.at(
        NAME + "." + slug,
        () ->
            known == null
                ? service.create(caller, app.id(), wanted.draft(null, null), slug)
                : service.update(
                    caller,
                    app.id(),
                    known.id(),
                    ANY,
                    draft -> wanted.draft(draft.serverId(), kept(draft, wanted, before))));
  }

  private static @Nullable UUID kept(
      EnvironmentDraft draft, Wanted wanted, Map<String, Environment> before) {
    var source = wanted.promotesFrom() == null ? null : before.get(wanted.promotesFrom());
    return source != null && source.id().equals(draft.promotesFromId()) ? source.id() : null;
  }

  private List<String> finish(
      Caller caller, App app, String slug, Wanted wanted, Map<String, Environment> there) {
    var path = NAME + "." + slug;
    var own = Objects.requireNonNull(there.get(slug));
    AppFilePart.at(
        path,
        () ->
            service.update(
                caller,
                app.id(),
                own.id(),
                ANY,
                draft -> wanted.draft(draft.serverId(), source(wanted, there))));
    if (wanted.hostname() != null) {
      AppFilePart.at(
          path, () -> service.setHostname(caller, app.id(), own.id(), ANY, wanted.hostname()));
    }
    return overrides.write(caller, own.id(), path + ".variables", wanted.variables());
  }

  private static @Nullable UUID source(Wanted wanted, Map<String, Environment> there) {
    if (wanted.promotesFrom() == null) {
      return null;
    }
    var source = there.get(wanted.promotesFrom());
    if (source == null) {
      throw AppsError.ENVIRONMENT_NOT_FOUND.at("promotes_from");
    }
    return source.id();
  }
}
