package dev.slipway.fleet.service;

import dev.slipway.fleet.FleetError;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Labels steer placement and CI runners, so they stay words that can be compared. */
public final class LabelRule {
  private static final int MOST = 64;
  private static final int LONGEST_VALUE = 255;
  private static final Pattern KEY =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._/-]{0,98}[A-Za-z0-9])?");

  private LabelRule() {}

  /** The labels as they are stored; refuses with 400 what is none. */
  public static Map<String, Object> checked(Map<String, @Nullable String> labels) {
    return checked("labels", labels);
  }

  /** The same, where the member of the request has another name. */
  public static Map<String, Object> checked(String field, Map<String, @Nullable String> labels) {
    if (labels.size() > MOST) {
      throw FleetError.LABELS_INVALID.at(field, "at most " + MOST);
    }
    var checked = new LinkedHashMap<String, Object>();
    labels.forEach(
        (key, value) -> {
          if (!KEY.matcher(key).matches()) {
            throw FleetError.LABELS_INVALID.at(
                field, "a key is 1 to 100 letters, digits and . _ / - in between");
          }
          if (value == null || value.length() > LONGEST_VALUE || control(value)) {
            throw FleetError.LABELS_INVALID.at(
                field, "a value is text of at most " + LONGEST_VALUE + " characters");
          }
          checked.put(key, value);
        });
    return checked;
  }

  private static boolean control(String value) {
    return value.chars().anyMatch(Character::isISOControl);
  }
}
