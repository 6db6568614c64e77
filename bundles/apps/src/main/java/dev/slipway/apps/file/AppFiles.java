package dev.slipway.apps.file;

import dev.slipway.api.Caller;
import dev.slipway.api.CommonError;
import dev.slipway.api.CurrentOperation;
import dev.slipway.api.ErrorKind;
import dev.slipway.api.FieldError;
import dev.slipway.api.PlatformException;
import dev.slipway.api.Scope;
import dev.slipway.api.platform.Json;
import dev.slipway.api.platform.JsonSchemas;
import dev.slipway.apps.AppFilePart;
import dev.slipway.apps.AppsError;
import dev.slipway.apps.store.AppStore;
import dev.slipway.data.Database;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * Apps as files. A plan is an application that is rolled back: what it foretells is what the same
 * services did, so that the two can not differ.
 */
@Component(service = AppFiles.class)
public final class AppFiles {
  private static final String MASK = "****";
  private static final Set<ErrorKind> PASSING =
      Set.of(ErrorKind.UNAVAILABLE, ErrorKind.LIMITED, ErrorKind.INTERNAL);

  private final Database database;
  private final AppStore apps;
  private final FirstPart first;
  private final Json json;
  private final JsonSchemas schemas;
  private final List<AppFilePart> parts = new CopyOnWriteArrayList<>();
  private volatile @Nullable FileShape known;

  /** Made by the component runtime. */
  @Activate
  public AppFiles(
      @Reference Database database,
      @Reference FirstPart first,
      @Reference Json json,
      @Reference JsonSchemas schemas) {
    this.database = database;
    this.first = first;
    this.json = json;
    this.schemas = schemas;
    apps = new AppStore(database);
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  public void addPart(AppFilePart part) {
    parts.add(part);
    known = null;
  }

  public void removePart(AppFilePart part) {
    parts.remove(part);
    known = null;
  }

  /** What a file may say now, as a JSON Schema. */
  public Map<String, @Nullable Object> schema() {
    return shape().schema();
  }

  /** An app as a file. */
  public String export(Caller caller, UUID appId) {
    var application = application(caller);
    var content = new LinkedHashMap<String, @Nullable Object>();
    content.put("version", FileShape.VERSION);
    content.putAll(database.read(Scope.of(caller), () -> application.content(appId)));
    return YamlText.write(content);
  }

  /** What applying a file would do; nothing is changed. */
  public Plan plan(Caller caller, byte[] text) {
    var file = read(text);
    var without = new HashSet<AppFilePart>();
    var faults = new ArrayList<FieldError>();
    var conflicts = new ArrayList<Plan.Conflict>();
    Plan plan = null;
    while (plan == null) {
      try {
        plan = tried(caller, file, without);
      } catch (PartRefused refused) {
        note(refused.refusal(), faults, conflicts);
        without.add(refused.part());
      }
    }
    if (!faults.isEmpty()) {
      throw CommonError.INVALID.of().withFields(file.placed(faults));
    }
    // All that was tried is undone; what stays is that somebody planned, which the audit takes
    // down.
    database.run(Scope.of(caller), () -> {});
    return plan.with(conflicts);
  }

  /**
   * Applies a file, all or nothing.
   *
   * @param fingerprint of the state that it was planned for; refuses with {@link
   *     AppsError#FILE_DRIFTED} where the app is in another one
   */
  public Plan apply(Caller caller, byte[] text, String fingerprint) {
    var file = read(text);
    var application = application(caller);
    try {
      return database.write(
          Scope.of(caller),
          () -> {
            var done = application.apply(file, Set.of(), fingerprint);
            CurrentOperation.detail("app", done.slug());
            CurrentOperation.detail("before", told(done.changes(), Change::from));
            CurrentOperation.detail("after", told(done.changes(), Change::to));
            return done;
          });
    } catch (PartRefused refused) {
      var refusal = refused.refusal();
      throw refusal.withFields(file.placed(refusal.fields()));
    }
  }

  private AppFile read(byte[] text) {
    var file = YamlText.read(text);
    shape().check(file);
    return file;
  }

  private Plan tried(Caller caller, AppFile file, Set<AppFilePart> without) {
    var application = application(caller);
    try {
      database.run(
          Scope.of(caller),
          () -> {
            throw new Undone(application.apply(file, without, null));
          });
    } catch (Undone undone) {
      return undone.plan;
    }
    throw new IllegalStateException("a plan was not undone");
  }

  /** What has no place in the file, or passes, is a refusal of the plan itself. */
  private static void note(
      PlatformException refusal, List<FieldError> faults, List<Plan.Conflict> conflicts) {
    var kind = refusal.code().kind();
    if (refusal.fields().isEmpty() || PASSING.contains(kind)) {
      throw refusal;
    }
    if (kind == ErrorKind.INVALID) {
      faults.addAll(refusal.fields());
      return;
    }
    var code = refusal.code().code();
    refusal
        .fields()
        .forEach(
            fault -> conflicts.add(new Plan.Conflict(fault.field(), code, refusal.getMessage())));
  }

  private static Map<String, @Nullable Object> told(
      List<Change> changes, Function<Change, @Nullable Object> side) {
    var told = new LinkedHashMap<String, @Nullable Object>();
    for (var change : changes) {
      var value = side.apply(change);
      told.put(change.path(), value != null && change.showsVariables() ? MASK : value);
    }
    return told;
  }

  private Application application(Caller caller) {
    return new Application(caller, shape(), first, apps, json);
  }

  /** Parts come and go with their bundles; schemas are read once for each set of them. */
  private FileShape shape() {
    var now = parts.stream().sorted(Comparator.comparingInt(AppFilePart::order)).toList();
    var shape = known;
    if (shape == null || !shape.parts().equals(now)) {
      shape = new FileShape(now, json, schemas);
      known = shape;
    }
    return shape;
  }

  /** Rolls back what was tried, and carries what came of it. */
  private static final class Undone extends RuntimeException {
    private final transient Plan plan;

    Undone(Plan plan) {
      super(null, null, false, false);
      this.plan = plan;
    }
  }
}
