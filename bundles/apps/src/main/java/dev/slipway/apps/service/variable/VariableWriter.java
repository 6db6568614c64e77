package dev.slipway.apps.service.variable;

import dev.slipway.api.Caller;
import dev.slipway.api.CommonError;
import dev.slipway.api.Ids;
import dev.slipway.api.Times;
import dev.slipway.api.security.Secrets;
import dev.slipway.apps.AppsError;
import dev.slipway.apps.EnvVar;
import dev.slipway.apps.Phase;
import dev.slipway.apps.Stage;
import dev.slipway.apps.VariableOwner;
import dev.slipway.apps.VariableVersion;
import dev.slipway.apps.VariableVersion.Origin;
import dev.slipway.apps.service.Faults;
import dev.slipway.apps.store.EnvVarStore;
import dev.slipway.data.ConstraintViolation;
import dev.slipway.data.Database;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes variables of any layer. Its callers have locked the owner, so that its limits hold. */
public final class VariableWriter {
  // A list shows all of them, and a process takes about 2 MiB in all.
  private static final int MAX_VARIABLES = 500;
  private static final int MAX_BYTES = 1024 * 1024;

  private final SealedValues values;
  private final EnvVarStore variables;
  private final VariableHistory history;

  public VariableWriter(Database database, Secrets secrets) {
    values = new SealedValues(secrets);
    variables = new EnvVarStore(database);
    history = new VariableHistory(database, values);
  }

  /** What a call with many variables did. */
  record Written(int created, int updated, int skipped) {
    int all() {
      return created + updated;
    }
  }

  EnvVar create(Caller caller, VariableOwner owner, EnvVarDraft draft) {
    var variable = fresh(caller, owner, draft);
    checkRoom(variable, null);
    try {
      variables.insert(variable);
    } catch (ConstraintViolation violation) {
      throw violation.constraint().endsWith("_key")
          ? AppsError.KEY_EXISTS.at("key", variable.key())
          : violation;
    }
    history.made(caller, List.of(variable.id()), Origin.CREATED);
    return variable;
  }

  EnvVar update(Caller caller, EnvVar current, EnvVarPatch change) {
    var secret = change.isSecret().orKeep("is_secret", current.isSecret());
    var clear = clear(current, change, secret);
    var draft =
        new EnvVarDraft(
            current.key(),
            clear == null ? "" : clear,
            secret,
            change.stages().orKeep("stage_bindings", stages(current)),
            change.description().or(current.description()),
            change.phases().orKeep("phases", phases(current)));
    draft.checkedBy(new Faults()).raise();
    var value = clear == null ? current.value() : values.seal(current, clear, secret);
    var edited = with(current, draft, value);
    checkRoom(edited, current);
    var stored = variables.update(edited);
    history.made(caller, List.of(stored.id()), Origin.EDITED);
    hide(current, stored);
    return stored;
  }

  /** Gives a variable a new value; it stays secret, or not, and for what it was. */
  public EnvVar rotate(Caller caller, EnvVar current, String clear) {
    new Faults().add("value", EnvVarDraft.valueFault(clear)).raise();
    var rotated = with(current, values.seal(current, clear, current.isSecret()));
    checkRoom(rotated, current);
    var stored = variables.update(rotated);
    history.made(caller, List.of(stored.id()), Origin.ROTATED);
    return stored;
  }

  /** Makes a variable what it was, but for its description. */
  EnvVar restore(Caller caller, EnvVar current, VariableVersion version) {
    var restored =
        new EnvVar(
            current.id(),
            current.version(),
            current.tenantId(),
            current.projectId(),
            current.appId(),
            current.environmentId(),
            current.key(),
            version.value(),
            version.isSecret(),
            version.stageBindings(),
            version.phases(),
            current.description(),
            current.createdBy(),
            current.createdAt(),
            Times.now());
    checkRoom(restored, current);
    var stored = variables.update(restored);
    history.restored(caller, stored.id(), version.number());
    return stored;
  }

  /**
   * Adds and edits many.
   *
   * @param overwrite whether those that are there are edited; else they are skipped
   */
  Written put(Caller caller, VariableOwner owner, List<EnvVarEntry> entries, boolean overwrite) {
    var known =
        variables.of(owner).stream().collect(Collectors.toMap(EnvVar::key, Function.identity()));
    var faults = new Faults();
    var keys = new HashSet<String>();
    var added = new ArrayList<EnvVar>();
    var edited = new ArrayList<EnvVar>();
    var skipped = 0;
    for (var i = 0; i < entries.size(); i++) {
      var entry = entries.get(i);
      var at = faults.under("variables." + i);
      at.add("key", keys.add(entry.key()) ? null : "is named twice");
      var current = known.get(entry.key());
      var draft = current == null ? entry.fresh() : entry.over(current);
      draft.checkedBy(at);
      if (current == null) {
        added.add(fresh(caller, owner, draft));
      } else if (overwrite) {
        edited.add(with(current, draft, values.seal(current, draft.value(), draft.isSecret())));
        hide(current, edited.getLast());
      } else {
        skipped++;
      }
    }
    faults.raise();
    put(caller, added, Origin.CREATED);
    put(caller, edited, Origin.EDITED);
    checkRoom(owner);
    return new Written(added.size(), edited.size(), skipped);
  }

  private void hide(EnvVar before, EnvVar after) {
    if (after.isSecret() && !before.isSecret()) {
      history.hide(after);
    }
  }

  private void put(Caller caller, List<EnvVar> some, Origin origin) {
    variables.put(some);
    history.made(caller, some.stream().map(EnvVar::id).toList(), origin);
  }

  private EnvVar fresh(Caller caller, VariableOwner owner, EnvVarDraft draft) {
    var id = Ids.next();
    var now = Times.now();
    var empty =
        new EnvVar(
            id,
            1,
            owner.tenantId(),
            owner.projectId(),
            owner.appId(),
            owner.environmentId(),
            draft.key(),
            "",
            draft.isSecret(),
            List.of(),
            List.of(),
            null,
            caller.userId(),
            now,
            now);
    return with(empty, draft, values.seal(empty, draft.value(), draft.isSecret()));
  }

  private static EnvVar with(EnvVar variable, String value) {
    var draft =
        new EnvVarDraft(
            variable.key(),
            "",
            variable.isSecret(),
            stages(variable),
            variable.description(),
            phases(variable));
    return with(variable, draft, value);
  }

  private static EnvVar with(EnvVar variable, EnvVarDraft draft, String value) {
    return new EnvVar(
        variable.id(),
        variable.version(),
        variable.tenantId(),
        variable.projectId(),
        variable.appId(),
        variable.environmentId(),
        variable.key(),
        value,
        draft.isSecret(),
        draft.bindings(),
        draft.phaseNames(),
        draft.description(),
        variable.createdBy(),
        variable.createdAt(),
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

  private static List<Stage> stages(EnvVar variable) {
    return variable.stageBindings().stream().map(Stage::of).toList();
  }

  private static List<Phase> phases(EnvVar variable) {
    return variable.phases().stream().map(Phase::of).toList();
  }

  private void checkRoom(EnvVar variable, @Nullable EnvVar replaced) {
    var use = variables.use(variable.owner(), replaced == null ? null : replaced.id());
    var bytes = variable.key().length() + variable.value().getBytes(StandardCharsets.UTF_8).length;
    checkRoom(use.variables() + 1, use.bytes() + bytes);
  }

  private void checkRoom(VariableOwner owner) {
    var use = variables.use(owner, null);
    checkRoom(use.variables(), use.bytes());
  }

  private static void checkRoom(int count, long bytes) {
    if (count > MAX_VARIABLES) {
      throw AppsError.TOO_MANY_VARIABLES.of(MAX_VARIABLES);
    }
    if (bytes > MAX_BYTES) {
      throw AppsError.VARIABLES_TOO_LARGE.at("value", MAX_BYTES);
    }
  }
}
