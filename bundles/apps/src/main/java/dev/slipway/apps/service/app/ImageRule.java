package dev.slipway.apps.service.app;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Image references: {@code [registry[:port]/]path[:tag][@digest]}. */
final class ImageRule {
  private static final int MAX = 512;
  private static final int MAX_NAME = 255;
  private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?";
  private static final String REGISTRY = LABEL + "(?:\\." + LABEL + ")*(?::[0-9]{1,5})?";
  private static final String PART = "[a-z0-9]+(?:(?:\\.|_{1,2}|-+)[a-z0-9]+)*";
  private static final Pattern FORM =
      Pattern.compile(
          "(?<name>(?:"
              + REGISTRY
              + "/)?"
              + PART
              + "(?:/"
              + PART
              + ")*)"
              + "(?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?"
              + "(?:@(?:sha256:[a-f0-9]{64}|sha512:[a-f0-9]{128}))?");
  // An engine would take it for the id of an image on its own disk.
  private static final Pattern ID = Pattern.compile("[a-f0-9]{64}");

  private ImageRule() {}

  static @Nullable String fault(String image) {
    if (image.length() > MAX) {
      return "must have at most " + MAX + " characters";
    }
    var form = FORM.matcher(image);
    return form.matches()
            && form.group("name").length() <= MAX_NAME
            && !ID.matcher(form.group("name")).matches()
        ? null
        : "must be an image reference such as registry.example.com/team/app:1.0";
  }
}
