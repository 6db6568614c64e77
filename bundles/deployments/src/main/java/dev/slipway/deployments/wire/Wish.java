package dev.slipway.deployments.wire;

import dev.slipway.api.CommonError;
import dev.slipway.api.FieldError;
import dev.slipway.api.Ids;
import dev.slipway.api.PlatformException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the fields of a request; what is wrong with them is refused together. */
final class Wish {
  private static final Pattern TEXT = Pattern.compile("[\\n\\r\\t[^\\p{Cc}\\p{Cs}]]*+");

  private final List<FieldError> faults = new ArrayList<>();

  /** A text; null where it is empty. */
  @Nullable String text(String field, String value, int longest) {
    if (value.length() > longest) {
      fault(field, "must be at most " + longest + " characters");
    } else if (!TEXT.matcher(value).matches()) {
      fault(field, "must not contain control characters");
    }
    return value.isEmpty() ? null : value;
  }

  /** A text of a certain form; null where it is empty. */
  @Nullable String text(String field, String value, Pattern form, String wanted) {
    if (!value.isEmpty() && !form.matcher(value).matches()) {
      fault(field, wanted);
    }
    return value.isEmpty() ? null : value;
  }

  /** An id; null where it is empty. */
  @Nullable UUID id(String field, String value) {
    if (value.isEmpty()) {
      return null;
    }
    try {
      return Ids.parse(field, value);
    } catch (PlatformException malformed) {
      faults.addAll(malformed.fields());
      return null;
    }
  }

  int number(String field, int value, int most) {
    if (value < 0 || value > most) {
      fault(field, "must be between 0 and " + most);
    }
    return value;
  }

  void fault(String field, String what) {
    faults.add(new FieldError(field, what));
  }

  /** Refuses with all that is wrong. */
  void check() {
    if (!faults.isEmpty()) {
      throw CommonError.INVALID.of().withFields(faults);
    }
  }

  /** An id that must be there; to be called last. */
  UUID required(String field, String value) {
    var id = id(field, value);
    if (id == null && value.isEmpty()) {
      fault(field, "is required");
    }
    check();
    return java.util.Objects.requireNonNull(id);
  }
}
