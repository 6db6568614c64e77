package dev.slipway.apps.file;

import dev.slipway.api.Caller;
import dev.slipway.apps.App;
import dev.slipway.apps.AppFilePart;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The part of the file that can make an app. */
public interface FirstPart extends AppFilePart {
  /** A new app by what these sections of the file say. */
  App create(Caller caller, Map<String, @Nullable Object> sections);
}
