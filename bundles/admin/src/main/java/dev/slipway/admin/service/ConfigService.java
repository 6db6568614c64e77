package dev.slipway.admin.service;

import dev.slipway.admin.AdminError;
import dev.slipway.admin.AdminEvent;
import dev.slipway.admin.ConfigVar;
import dev.slipway.admin.store.ConfigStore;
import dev.slipway.api.CommonError;
import dev.slipway.api.CurrentOperation;
import dev.slipway.api.FieldError;
import dev.slipway.api.Ids;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.event.Events;
import dev.slipway.api.event.Signals;
import dev.slipway.api.spi.ConfigVariable;
import dev.slipway.data.ConstraintViolation;
import dev.slipway.data.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Configuration variables for operators. */
@Component(service = ConfigService.class)
public final class ConfigService {
  /** Raised whenever a variable changes. */
  static final String TOPIC = "admin:config";

  static final Scope SCOPE = Scope.platform("variables belong to the platform");
  private static final int MOST = 1_000;

  private final Database database;
  private final Events events;
  private final Signals signals;
  private final ConfigStore store;

  @Activate
  public ConfigService(
      @Reference Database database, @Reference Events events, @Reference Signals signals) {
    this.database = database;
    this.events = events;
    this.signals = signals;
    store = new ConfigStore(database);
  }

  /** What the audit keeps of a variable; of a long value its beginning. */
  private record Audited(String name, String value, String description, String options) {
    private static final int LONGEST = 500;

    static Audited of(ConfigVar row) {
      return new Audited(
          row.name(),
          cut(row.value()),
          cut(row.description()),
          cut(String.join("|", row.options())));
    }

    private static String cut(String text) {
      return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
  }

  /** All variables, in order of name. */
  public List<ConfigVar> all() {
    return database.read(SCOPE, store::all);
  }

  /** One variable. */
  public ConfigVar get(String name) {
    return database.read(
        SCOPE, () -> store.named(name).orElseThrow(AdminError.CONFIG_NOT_FOUND::of));
  }

  /** Adds a variable of the operator's own. */
  public ConfigVar create(ConfigDraft draft) {
    var options = ConfigRule.options(draft.options());
    var faults = new ArrayList<FieldError>();
    add(faults, "options", ConfigRule.optionsFault(draft.type(), options));
    if (faults.isEmpty()) {
      add(faults, "value", ConfigRule.valueFault(draft.type(), draft.value(), options));
    }
    raise(faults);
    var now = Times.now();
    var row =
        new ConfigVar(
            Ids.next(),
            0,
            draft.name(),
            draft.type(),
            draft.value(),
            Objects.requireNonNullElse(draft.description(), ""),
            options,
            false,
            now,
            now);
    database.run(
        SCOPE,
        () -> {
          if (store.count() >= MOST) {
            throw AdminError.TOO_MANY_VARIABLES.of(MOST);
          }
          try {
            store.insert(row);
          } catch (ConstraintViolation taken) {
            throw AdminError.CONFIG_NAME_TAKEN.at("name");
          }
          CurrentOperation.detail("after", Audited.of(row));
          changed(row);
        });
    return row;
  }

  /**
   * Sets a variable's value.
   *
   * @param description ignored, as are the options, on a system variable; null keeps what is there
   */
  public ConfigVar set(
      String name, String value, @Nullable String description, @Nullable String options) {
    return database.write(
        SCOPE,
        () -> {
          var row = store.named(name).orElseThrow(AdminError.CONFIG_NOT_FOUND::of);
          var edited = row.system() ? row : described(row, description, options);
          var faults = new ArrayList<FieldError>();
          add(faults, "options", ConfigRule.optionsFault(edited.type(), edited.options()));
          add(faults, "value", ConfigRule.valueFault(edited.type(), value, edited.options()));
          raise(faults);
          var after = valued(edited, value);
          CurrentOperation.detail("before", Audited.of(row));
          CurrentOperation.detail("after", Audited.of(after));
          store.update(after);
          changed(row);
          return store.named(name).orElseThrow();
        });
  }

  private static ConfigVar described(
      ConfigVar row, @Nullable String description, @Nullable String options) {
    return new ConfigVar(
        row.id(),
        row.version(),
        row.name(),
        row.type(),
        row.value(),
        description == null ? row.description() : description,
        options == null ? row.options() : ConfigRule.options(options),
        row.system(),
        row.createdAt(),
        row.updatedAt());
  }

  private static ConfigVar valued(ConfigVar row, String value) {
    return new ConfigVar(
        row.id(),
        row.version(),
        row.name(),
        row.type(),
        value,
        row.description(),
        row.options(),
        row.system(),
        row.createdAt(),
        Times.now());
  }

  /** Removes a variable of the operator's own. */
  public void delete(String name) {
    database.run(
        SCOPE,
        () -> {
          var row = store.named(name).orElseThrow(AdminError.CONFIG_NOT_FOUND::of);
          if (row.system()) {
            throw AdminError.CONFIG_IS_SYSTEM.of();
          }
          CurrentOperation.detail("before", Audited.of(row));
          store.delete(row);
          events.publish(new AdminEvent.ConfigRemoved(row.id(), row.name()));
          signals.raise(TOPIC);
        });
  }

  /** Adds a variable that a bundle reads, or takes over what an operator has set before. */
  void declare(ConfigVariable variable) {
    database.run(
        SCOPE,
        () -> {
          var known = store.named(variable.name());
          if (known.isEmpty()) {
            store.insert(declared(variable));
            signals.raise(TOPIC);
          } else if (differs(known.get(), variable)) {
            var fresh = declared(variable);
            var fits =
                ConfigRule.valueFault(variable.type(), known.get().value(), variable.options())
                    == null;
            store.delete(known.get());
            store.insert(fits ? valued(fresh, known.get().value()) : fresh);
            signals.raise(TOPIC);
          }
        });
  }

  private static boolean differs(ConfigVar row, ConfigVariable variable) {
    return !row.system()
        || row.type() != variable.type()
        || !row.options().equals(variable.options())
        || !row.description().equals(variable.description());
  }

  private static ConfigVar declared(ConfigVariable variable) {
    var now = Times.now();
    return new ConfigVar(
        Ids.next(),
        0,
        variable.name(),
        variable.type(),
        variable.initial(),
        variable.description(),
        variable.options(),
        true,
        now,
        now);
  }

  private void changed(ConfigVar row) {
    events.publish(new AdminEvent.ConfigSet(row.id(), row.name()));
    signals.raise(TOPIC);
  }

  private static void add(List<FieldError> faults, String field, @Nullable String fault) {
    if (fault != null) {
      faults.add(new FieldError(field, fault));
    }
  }

  private static void raise(List<FieldError> faults) {
    if (!faults.isEmpty()) {
      throw CommonError.INVALID.of().withFields(faults);
    }
  }
}
