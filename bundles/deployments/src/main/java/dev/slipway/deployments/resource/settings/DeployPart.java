package dev.slipway.deployments.resource.settings;

import dev.slipway.api.Caller;
import dev.slipway.api.Scope;
import dev.slipway.api.platform.Json;
import dev.slipway.apps.App;
import dev.slipway.apps.AppFilePart;
import dev.slipway.apps.AppsError;
import dev.slipway.apps.Environment;
import dev.slipway.apps.Environments;
import dev.slipway.deployments.resource.settings.SettingsPayloads.Change;
import dev.slipway.deployments.resource.settings.SettingsPayloads.SettingsAnswer;
import dev.slipway.deployments.service.settings.SettingsService;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The section {@code deploy} of an app's file: deployment settings by the names of the API. */
@Component(service = AppFilePart.class)
public final class DeployPart implements AppFilePart {
  private static final String NAME = "deploy";

  /** An environment is called by its slug in files, and by its id everywhere else. */
  private static final String ENVIRONMENT = "default_environment";

  private final SettingsService service;
  private final Environments environments;
  private final Json json;

  @Activate
  public DeployPart(
      @Reference SettingsService service,
      @Reference Environments environments,
      @Reference Json json) {
    this.service = service;
    this.environments = environments;
    this.json = json;
  }

  @Override
  public String schema() {
    return """
        {
          "deploy": {
            "type": "object", "additionalProperties": false,
            "properties": {
              "default_branch": {"type": "string", "minLength": 1, "maxLength": 200},
              "default_environment": {"type": "string", "description": "Slug of an environment"},
              "auto_deploy": {"type": "boolean", "default": false},
              "auto_deploy_branches": {"type": "array", "maxItems": 50, "default": [],
                "items": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "%1$s"}},
              "include_paths": {"type": "array", "maxItems": 100, "default": [],
                "items": {"type": "string", "minLength": 1, "maxLength": 300, "pattern": "%1$s"}},
              "ignore_paths": {"type": "array", "maxItems": 100, "default": [],
                "items": {"type": "string", "minLength": 1, "maxLength": 300, "pattern": "%1$s"}},
              "require_ci_success": {"type": "boolean", "default": false},
              "preview_enabled": {"type": "boolean", "default": false},
              "concurrency": {"enum": ["queue", "cancel_previous"], "default": "queue"},
              "build_timeout_seconds": {"type": "integer", "minimum": 60, "maximum": 86400,
                "default": 2400},
              "keep_deployments": {"type": "integer", "minimum": 1, "maximum": 1000,
                "default": 10}
            }
          }
        }
        """
        .formatted("^(?!/)[^\\\\p{Cc}\\\\p{Cs}]*\\\\S[^\\\\p{Cc}\\\\p{Cs}]*$");
  }

  @Override
  public int order() {
    return 100;
  }

  @Override
  public void hold(Caller caller, UUID appId) {
    service.hold(caller, appId);
  }

  @Override
  public Map<String, @Nullable Object> read(Caller caller, App app) {
    var settings = SettingsAnswer.of(service.get(caller, app.id())).settings();
    var members = new LinkedHashMap<>(json.members(settings));
    members.keySet().removeAll(List.of("app_id", "updated_at", "default_environment_id"));
    // What follows the app's branch says none of its own.
    members.remove("default_branch", app.branch());
    environments.ofApp(Scope.of(caller), app.id()).stream()
        .filter(each -> each.id().equals(settings.defaultEnvironmentId()))
        .forEach(each -> members.put(ENVIRONMENT, each.slug()));
    return Map.of(NAME, members);
  }

  @Override
  public List<String> write(Caller caller, App app, Map<String, @Nullable Object> sections) {
    return AppFilePart.at(
        NAME,
        () -> {
          var members = new LinkedHashMap<Object, @Nullable Object>();
          members.putAll((Map<?, ?>) sections.get(NAME));
          var slug = members.remove(ENVIRONMENT);
          members.put("default_environment_id", slug == null ? null : id(caller, app, slug));
          var change = json.read(json.write(members), Change.class);
          service.update(caller, app.id(), change.toPatch());
          return List.of();
        });
  }

  private UUID id(Caller caller, App app, Object slug) {
    return environments.ofApp(Scope.of(caller), app.id()).stream()
        .filter(each -> each.slug().equals(slug))
        .map(Environment::id)
        .findFirst()
        .orElseThrow(() -> AppsError.ENVIRONMENT_NOT_FOUND.at(ENVIRONMENT));
  }
}
