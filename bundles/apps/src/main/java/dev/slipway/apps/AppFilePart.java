package dev.slipway.apps;

import dev.slipway.api.Caller;
import dev.slipway.api.FieldError;
import dev.slipway.api.PlatformException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Some sections of the file that describes an app. Each feature registers those that it owns: what
 * it says in the file is what its operations say, and is written by the same services. Every call
 * comes within the unit of work of an export, a plan or an application of the file; what a plan has
 * written is rolled back.
 *
 * <p>A section that the file has says all of it; one that it does not have stays as it is. Content
 * is plain JSON: Map, List, String, Number, Boolean, null.
 */
@ConsumerType
public interface AppFilePart {
  /**
   * The sections by name with the JSON Schema of each, as the JSON text of one object. A member
   * without {@code default} is null where the file leaves it out.
   */
  String schema();

  /** Parts are written in this order: what others refer to comes first. */
  int order();

  /**
   * Keeps others from changing what the sections are about until the unit of work ends. Comes
   * before the app is locked.
   */
  default void hold(Caller caller, UUID appId) {}

  /** What the sections say of an app as it is; members that are null are left out of the file. */
  Map<String, @Nullable Object> read(Caller caller, App app);

  /**
   * Brings an app to what the file says. A refusal names the path in the file, such as {@code
   * rollout.steps}; see {@link #at}.
   *
   * @param sections those of this part that the file has and that differ from what is; every member
   *     of their schemas is there
   * @return paths of what a user still has to give a value, since files hold no secrets
   */
  List<String> write(Caller caller, App app, Map<String, @Nullable Object> sections);

  /**
   * What people should know of a change that its values do not tell, such as what becomes of data;
   * by the path of the change.
   *
   * @param before all sections of the file as they were, none of an app that was not there
   * @param after all sections as they are
   */
  default Map<String, String> notes(
      Map<String, @Nullable Object> before, Map<String, @Nullable Object> after) {
    return Map.of();
  }

  /** One note on all members of a section that are no longer there. */
  static Map<String, String> noteRemoved(
      String section,
      Map<String, @Nullable Object> before,
      Map<String, @Nullable Object> after,
      String note) {
    var notes = new LinkedHashMap<String, String>();
    if (before.get(section) instanceof Map<?, ?> were
        && after.get(section) instanceof Map<?, ?> are) {
      were.keySet().stream()
          .filter(name -> !are.containsKey(name))
          .forEach(name -> notes.put(section + "." + name, note));
    }
    return notes;
  }

  /** Calls a service so that what it refuses names a place in the file. */
  static <T> T at(String path, Supplier<T> call) {
    try {
      return call.get();
    } catch (PlatformException refusal) {
      var fields = refusal.fields();
      throw refusal.withFields(
          fields.isEmpty()
              ? List.of(new FieldError(path, refusal.getMessage()))
              : fields.stream()
                  .map(fault -> new FieldError(path + "." + fault.field(), fault.message()))
                  .toList());
    }
  }
}
