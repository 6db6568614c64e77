package dev.slipway.apps.file;

import dev.slipway.api.FieldError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A file as it was written.
 *
 * @param content plain JSON values, without members that are null
 * @param lines where each member and each entry of a list stands, by its path
 */
record AppFile(Map<String, @Nullable Object> content, Map<String, Integer> lines) {
  /** The app that it is about; to be asked of a file that fits its schema. */
  String slug() {
    var app = (Map<?, ?>) Objects.requireNonNull(content.get("app"));
    return (String) Objects.requireNonNull(app.get("slug"));
  }

  /** Those of these sections that the file has. */
  Map<String, @Nullable Object> sections(Iterable<String> names) {
    var found = new LinkedHashMap<String, @Nullable Object>();
    for (var name : names) {
      if (content.containsKey(name)) {
        found.put(name, content.get(name));
      }
    }
    return found;
  }

  /** The faults, each with the line that it is about. */
  List<FieldError> placed(List<FieldError> faults) {
    return faults.stream()
        .map(fault -> new FieldError(fault.field(), fault.message() + " (" + at(fault) + ")"))
        .toList();
  }

  /** What is missing has no line; then it is that of what it is missing in. */
  private String at(FieldError fault) {
    var path = fault.field();
    while (!path.isEmpty()) {
      var line = lines.get(path);
      if (line != null) {
        return "line " + line;
      }
      path = path.substring(0, Math.max(0, path.lastIndexOf('.')));
    }
    return "not in the file";
  }
}
