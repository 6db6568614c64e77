package dev.slipway.billing.service;

import dev.slipway.api.CommonError;
import dev.slipway.api.FieldError;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with a draft, so that one answer names all of it. */
final class Faults {
  private final List<FieldError> found = new ArrayList<>();

  /** A number within bounds. */
  Faults range(String field, long value, long least, long most) {
    return add(
        field, value < least || value > most ? "must be between " + least + " and " + most : null);
  }

  /** A text without control characters, of one line or of several. */
  Faults text(String field, String text, int most, boolean lines) {
    if (text.length() > most) {
      return add(field, "must have at most " + most + " characters");
    }
    var clean = text.codePoints().allMatch(point -> fits(point, lines));
    return add(field, clean ? null : "must not contain control characters");
  }

  /** A name: one line that says something. */
  Faults name(String field, String text, int most) {
    return text.isBlank() ? add(field, "must not be blank") : text(field, text, most, false);
  }

  /** Notes a fault; a null message means there is none. */
  Faults add(String field, @Nullable String message) {
    if (message != null) {
      found.add(new FieldError(field, message));
    }
    return this;
  }

  /** Refuses with 400 where there are any. */
  void raise() {
    if (!found.isEmpty()) {
      throw CommonError.INVALID.of().withFields(found);
    }
  }

  /** Directional overrides count as control: with them a text reads as another than it is. */
  private static boolean fits(int point, boolean lines) {
    if (point == '\n' || point == '\r' || point == '\t') {
      return lines;
    }
    if (point >= 0x202a && point <= 0x202e || point >= 0x2066 && point <= 0x2069) {
      return false;
    }
    return switch (Character.getType(point)) {
      case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR -> false;
      case Character.PARAGRAPH_SEPARATOR -> lines;
      default -> true;
    };
  }
}
