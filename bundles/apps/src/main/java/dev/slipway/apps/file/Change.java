package dev.slipway.apps.file;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A difference between two states of an app, in the terms of its file.
 *
 * @param path names of members joined by dots
 * @param from null where it is added
 * @param to null where it is removed
 * @param note what its values do not tell
 */
public record Change(
    Action action, String path, @Nullable Object from, @Nullable Object to, @Nullable String note) {
  Change(Action action, String path, @Nullable Object from, @Nullable Object to) {
    this(action, path, from, to, null);
  }

  /** What is done to a member. */
  public enum Action {
    ADD,
    CHANGE,
    REMOVE
  }

  /** What changes between two contents, in their order. */
  static List<Change> between(Map<?, ?> before, Map<?, ?> after) {
    var changes = new ArrayList<Change>();
    compare("", before, after, changes);
    return changes;
  }

  Change with(@Nullable String text) {
    return new Change(action, path, from, to, text);
  }

  private static void compare(
      String path, Map<?, ?> before, Map<?, ?> after, List<Change> changes) {
    var names = new LinkedHashSet<Object>(before.keySet());
    names.addAll(after.keySet());
    for (var name : names) {
      var at = path.isEmpty() ? name.toString() : path + "." + name;
      var from = before.get(name);
      var to = after.get(name);
      if (from instanceof Map<?, ?> inner && to instanceof Map<?, ?> other) {
        compare(at, inner, other, changes);
      } else if (!Objects.equals(from, to)) {
        changes.add(new Change(action(from, to), at, from, to));
      }
    }
  }

  private static Action action(@Nullable Object from, @Nullable Object to) {
    if (from == null) {
      return Action.ADD;
    }
    return to == null ? Action.REMOVE : Action.CHANGE;
  }

  /**
   * Whether it shows values of variables: nobody may have thought of marking one as secret, so they
   * are shown to who may read them, and written down nowhere else.
   */
  boolean showsVariables() {
    return List.of(path.split("\\.")).contains("variables")
        || from instanceof Map<?, ?> before && before.containsKey("variables")
        || to instanceof Map<?, ?> after && after.containsKey("variables");
  }
}
