package dev.slipway.scripts.service;

import dev.slipway.api.Caller;
import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.event.Events;
import dev.slipway.api.rest.IfMatch;
import dev.slipway.api.script.ScriptFault;
import dev.slipway.data.ConstraintViolation;
import dev.slipway.data.Database;
import dev.slipway.scripts.Script;
import dev.slipway.scripts.ScriptVersion;
import dev.slipway.scripts.ScriptsError;
import dev.slipway.scripts.ScriptsEvent;
import dev.slipway.scripts.store.ScriptStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Scripts for their tenants. */
@Component(service = ScriptService.class)
public final class ScriptService {
  static final int MOST_SCRIPTS = 200;
  private static final int MOST_VERSIONS = 100;

  private final Database database;
  private final Events events;
  private final Attachments attachments;
  private final Drafts drafts;
  private final Tokens tokens;
  private final Uses uses;
  private final ScriptStore scripts;

  @Activate
  public ScriptService(
      @Reference Database database,
      @Reference Events events,
      @Reference Attachments attachments,
      @Reference Drafts drafts,
      @Reference Tokens tokens,
      @Reference Uses uses) {
    this.database = database;
    this.events = events;
    this.attachments = attachments;
    this.drafts = drafts;
    this.tokens = tokens;
    this.uses = uses;
    scripts = new ScriptStore(database);
  }

  /**
   * A script as it is shown.
   *
   * @param receiveUrl where other systems post to; null at other hooks, and for who may not edit it
   */
  public record Shown(
      Script script, String source, List<String> secretNames, @Nullable String receiveUrl) {
    @Override
    public String toString() {
      return "Shown[" + script.id() + "]";
    }
  }

  /** The tenant's scripts, newest first, behind the given one. */
  public List<Shown> list(
      Caller caller,
      @Nullable String hook,
      @Nullable Boolean enabled,
      @Nullable UUID cursor,
      int limit) {
    return database.read(
        Scope.of(caller),
        () ->
            scripts.list(hook, enabled, cursor, limit).stream()
                .map(script -> shown(caller, script))
                .toList());
  }

  /** One script. */
  public Shown get(Caller caller, UUID id) {
    return database.read(Scope.of(caller), () -> shown(caller, found(id)));
  }

  /** Faults of a source that is not saved. */
  public List<ScriptFault> validate(Caller caller, String hook, String source) {
    drafts.hook(hook);
    // It costs a worker's time, so it is on record who asked for it; that is all there is to write.
    database.run(Scope.of(caller), () -> {});
    return drafts.faults(caller.tenantId(), "script", source);
  }

  /** Saves a script as its version 1. */
  public Shown create(Caller caller, ScriptDraft draft) {
    drafts.check(caller.tenantId(), draft);
    var now = Times.now();
    var script = script(caller, draft, now);
    return written(
        caller,
        draft.name(),
        () -> {
          if (scripts.countAlone(script.tenantId()) >= MOST_SCRIPTS) {
            throw ScriptsError.TOO_MANY.of(MOST_SCRIPTS);
          }
          scripts.insert(script);
          version(caller, script, 1, java.util.Objects.requireNonNull(draft.source()), now);
          secrets(script, draft);
          events.publish(
              new ScriptsEvent.Created(
                  script.tenantId(), script.id(), script.name(), script.hook()));
          return shown(caller, found(script.id()));
        });
  }

  /** Changes a script; another source becomes a version of its own and the active one. */
  public Shown update(Caller caller, UUID id, IfMatch ifMatch, UnaryOperator<ScriptDraft> change) {
    var before = database.read(Scope.of(caller), () -> found(id));
    var wanted = change.apply(ScriptDraft.of(before));
    ifMatch.check("script", before.version());
    drafts.check(caller.tenantId(), wanted);
    return written(
        caller,
        wanted.name(),
        () -> {
          var current = locked(id);
          ifMatch.check("script", current.version());
          var draft = change.apply(ScriptDraft.of(current));
          var now = Times.now();
          var number = current.activeVersion();
          if (draft.source() != null && !draft.source().equals(source(current))) {
            number = scripts.latestVersion(id) + 1;
            version(caller, current, number, draft.source(), now);
          }
          return saved(
              caller, edited(caller, current, draft, number, drafts.timeout(draft), now), draft);
        });
  }

  /** Makes an earlier source the one that runs. */
  public Shown activate(Caller caller, UUID id, int version) {
    return database.write(
        Scope.of(caller),
        () -> {
          var current = locked(id);
          scripts.version(id, version).orElseThrow(ScriptsError.VERSION_NOT_FOUND::of);
          var draft = ScriptDraft.of(current);
          return saved(
              caller,
              edited(caller, current, draft, version, drafts.timeout(draft), Times.now()),
              draft);
        });
  }

  private Shown saved(Caller caller, Script script, ScriptDraft draft) {
    scripts.update(script);
    secrets(script, draft);
    events.publish(
        new ScriptsEvent.Updated(
            script.tenantId(),
            script.id(),
            script.name(),
            script.activeVersion(),
            script.enabled()));
    attachments.changed(script.tenantId());
    return shown(caller, found(script.id()));
  }

  /** Removes a script with all that belongs to it, unless something needs it. */
  public void delete(Caller caller, UUID id) {
    database.run(
        Scope.of(caller),
        () -> {
          var script = locked(id);
          var names = uses.of(script.tenantId(), id);
          if (!names.isEmpty()) {
            throw ScriptsError.IN_USE.of(String.join(", ", names));
          }
          scripts.delete(id);
          events.publish(new ScriptsEvent.Deleted(script.tenantId(), id, script.name()));
          attachments.changed(script.tenantId());
        });
  }

  /** A script's versions, newest first, below the given one. */
  public List<ScriptVersion> versions(Caller caller, UUID id, @Nullable Integer cursor, int limit) {
    return database.read(
        Scope.of(caller),
        () -> {
          found(id);
          return scripts.versions(id, cursor, limit);
        });
  }

  private <T> T written(Caller caller, String name, Supplier<T> work) {
    try {
      return database.write(
          Scope.of(caller),
          () -> {
            var result = work.get();
            attachments.changed(caller.tenantId());
            return result;
          });
    } catch (ConstraintViolation taken) {
      if (taken.constraint().equals("scripts_script_name")) {
        throw ScriptsError.NAME_TAKEN.at("name", name);
      }
      throw taken;
    }
  }

  private Script found(UUID id) {
    return scripts.find(id).orElseThrow(ScriptsError.SCRIPT_NOT_FOUND::of);
  }

  private Script locked(UUID id) {
    return scripts.lock(id).orElseThrow(ScriptsError.SCRIPT_NOT_FOUND::of);
  }

  private String source(Script script) {
    return scripts
        .version(script.id(), script.activeVersion())
        .map(ScriptVersion::source)
        .orElseThrow(ScriptsError.VERSION_NOT_FOUND::of);
  }

  private Shown shown(Caller caller, Script script) {
    return new Shown(
        script,
        source(script),
        scripts.secretNames(script.id()),
        caller.has(Role.ADMIN) ? tokens.url(script).orElse(null) : null);
  }

  private void version(Caller caller, Script script, int number, String source, Instant now) {
    scripts.insertVersion(
        new ScriptVersion(
            Ids.next(), script.tenantId(), script.id(), number, source, creator(caller), now),
        MOST_VERSIONS);
  }

  private static UUID creator(Caller caller) {
    return Optional.ofNullable(caller.userId()).orElse(caller.apiKeyId());
  }

  private void secrets(Script script, ScriptDraft draft) {
    draft
        .secrets()
        .forEach(
            (name, value) ->
                scripts.secret(
                    script.tenantId(), script.id(), name, tokens.seal(script, name, value)));
  }

  private Script script(Caller caller, ScriptDraft draft, Instant now) {
    var id = Ids.next();
    var token = draft.hook().equals(HouseHook.WEBHOOK_RECEIVE) ? Tokens.create() : null;
    return new Script(
        id,
        1,
        caller.tenantId(),
        draft.name(),
        draft.hook(),
        1,
        draft.enabled(),
        draft.filter(),
        drafts.timeout(draft),
        caller.userId(),
        caller.userId() == null ? caller.apiKeyId() : null,
        token == null ? null : tokens.sealToken(caller.tenantId(), id, token),
        token == null ? null : Tokens.hash(token),
        Drafts.nextRun(draft, now),
        null,
        null,
        creator(caller),
        now,
        now);
  }

  /** Whoever saves a script owns it: nobody may change what runs with another one's rights. */
  private static Script edited(
      Caller caller, Script current, ScriptDraft draft, int number, int timeout, Instant now) {
    return new Script(
        current.id(),
        current.version(),
        current.tenantId(),
        draft.name(),
        current.hook(),
        number,
        draft.enabled(),
        draft.filter(),
        timeout,
        caller.userId(),
        caller.userId() == null ? caller.apiKeyId() : null,
        current.receiveToken(),
        current.receiveHash(),
        Drafts.nextRun(draft, now),
        current.lastStatus(),
        current.lastAt(),
        current.createdBy(),
        current.createdAt(),
        now);
  }
}
