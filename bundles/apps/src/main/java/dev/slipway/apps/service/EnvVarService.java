package dev.slipway.apps.service;

import dev.slipway.api.Caller;
import dev.slipway.api.CommonError;
import dev.slipway.api.Ids;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.event.Events;
import dev.slipway.api.rest.IfMatch;
import dev.slipway.api.security.Secrets;
import dev.slipway.apps.App;
import dev.slipway.apps.AppStatus;
import dev.slipway.apps.AppsError;
import dev.slipway.apps.AppsEvent;
import dev.slipway.apps.EnvVar;
import dev.slipway.apps.store.AppStore;
import dev.slipway.apps.store.EnvVarStore;
import dev.slipway.data.ConstraintViolation;
import dev.slipway.data.Database;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Variables of apps for their users. Every change locks the app first, so that its limits hold. */
@Component(service = EnvVarService.class)
public final class EnvVarService {
  // A list shows all of them, and a process takes about 2 MiB in all.
  private static final int MAX_VARIABLES = 500;
  private static final int MAX_BYTES = 1024 * 1024;

  private final Database database;
  private final Events events;
  private final Secrets secrets;
  private final AppStore apps;
  private final EnvVarStore variables;

  /** Made by the component runtime. */
  @Activate
  public EnvVarService(
      @Reference Database database, @Reference Events events, @Reference Secrets secrets) {
    this.database = database;
    this.events = events;
    this.secrets = secrets;
    apps = new AppStore(database);
    variables = new EnvVarStore(database);
  }

  /** Adds a variable to an app. */
  public EnvVar create(Caller caller, UUID appId, EnvVarDraft draft) {
    draft.checkedBy(new Faults()).raise();
    return database.write(
        Scope.of(caller),
        () -> {
          var app = editable(appId);
          var id = Ids.next();
          var now = Times.now();
          var variable =
              new EnvVar(
                  id,
                  1,
                  app.tenantId(),
                  null,
                  appId,
                  draft.key(),
                  stored(app.tenantId(), id, draft.value(), draft.isSecret()),
                  draft.isSecret(),
                  draft.bindings(),
                  draft.description(),
                  caller.userId(),
                  now,
                  now);
          checkRoom(variable, null);
          insert(variable);
          publishSet(variable);
          return variable;
        });
  }

  /** The variables of an app in order of their keys. */
  public List<EnvVar> list(Caller caller, UUID appId) {
    return database.read(
        Scope.of(caller),
        () -> {
          apps.find(appId).orElseThrow(AppsError.APP_NOT_FOUND::of);
          return variables.ofApp(appId);
        });
  }

  /** Edits a variable. */
  public EnvVar update(Caller caller, UUID appId, UUID id, IfMatch ifMatch, EnvVarPatch change) {
    return database.write(
        Scope.of(caller),
        () -> {
          editable(appId);
          var current = found(appId, id);
          ifMatch.check("variable", current.version());
          var edited = edited(current, change);
          checkRoom(edited, id);
          var stored = variables.update(edited);
          publishSet(stored);
          return stored;
        });
  }

  /** Drops a variable. */
  public void delete(Caller caller, UUID appId, UUID id, IfMatch ifMatch) {
    database.run(
        Scope.of(caller),
        () -> {
          editable(appId);
          var current = found(appId, id);
          ifMatch.check("variable", current.version());
          variables.delete(id);
          events.publish(new AppsEvent.EnvVarRemoved(current.tenantId(), appId, id, current.key()));
        });
  }

  private EnvVar edited(EnvVar current, EnvVarPatch change) {
    var secret = change.isSecret().orKeep("is_secret", current.isSecret());
    var clear = clear(current, change, secret);
    var description = change.description().or(current.description());
    var stages =
        change.stages().isPresent() ? change.stages().orKeep("stage_bindings", List.of()) : null;
    var draft =
        new EnvVarDraft(
            current.key(),
            clear == null ? "" : clear,
            secret,
            stages == null ? List.of() : stages,
            description);
    draft.checkedBy(new Faults()).raise();
    return new EnvVar(
        current.id(),
        current.version(),
        current.tenantId(),
        current.projectId(),
        current.appId(),
        current.key(),
        clear == null ? current.value() : stored(current.tenantId(), current.id(), clear, secret),
        secret,
        stages == null ? current.stageBindings() : draft.bindings(),
        draft.description(),
        current.createdBy(),
        current.createdAt(),
        Times.now());
  }

  /** The value in clear; null where the sealed one stays. */
  private static @Nullable String clear(EnvVar current, EnvVarPatch change, boolean secret) {
    if (change.value().isPresent()) {
      return change.value().orKeep("value", "");
    }
    if (!current.isSecret()) {
      return current.value();
    }
    if (secret) {
      return null;
    }
    // Else any member could read any secret, and nobody would see that it was read.
    throw CommonError.INVALID
        .of()
        .withField("is_secret", "can be taken away only together with a new value");
  }

  private String stored(UUID tenantId, UUID id, String value, boolean secret) {
    return secret ? secrets.seal(tenantId, EnvVar.place(id), value) : value;
  }

  private void insert(EnvVar variable) {
    try {
      variables.insert(variable);
    } catch (ConstraintViolation violation) {
      throw violation.constraint().equals("apps_env_var_app_key")
          ? AppsError.KEY_EXISTS.at("key", variable.key())
          : violation;
    }
  }

  private App editable(UUID appId) {
    var app = apps.lock(appId).orElseThrow(AppsError.APP_NOT_FOUND::of);
    if (app.status() == AppStatus.DELETING) {
      throw AppsError.APP_DELETING.of();
    }
    return app;
  }

  private EnvVar found(UUID appId, UUID id) {
    return variables.lock(appId, id).orElseThrow(AppsError.ENV_VAR_NOT_FOUND::of);
  }

  private void checkRoom(EnvVar variable, @Nullable UUID replaced) {
    var appId = variable.appId();
    var use = variables.use(appId, replaced);
    if (use.variables() >= MAX_VARIABLES) {
      throw AppsError.TOO_MANY_VARIABLES.of(MAX_VARIABLES);
    }
    var bytes = variable.key().length() + variable.value().getBytes(StandardCharsets.UTF_8).length;
    if (use.bytes() + bytes > MAX_BYTES) {
      throw AppsError.VARIABLES_TOO_LARGE.at("value", MAX_BYTES);
    }
  }

  private void publishSet(EnvVar variable) {
    events.publish(
        new AppsEvent.EnvVarSet(
            variable.tenantId(),
            variable.appId(),
            variable.id(),
            variable.key(),
            variable.isSecret(),
            variable.stageBindings()));
  }
}
