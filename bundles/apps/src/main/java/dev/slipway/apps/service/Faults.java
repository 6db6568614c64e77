package dev.slipway.apps.service;

import dev.slipway.api.CommonError;
import dev.slipway.api.FieldError;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with a request, so that one answer names all of it. */
public final class Faults {
  private final List<FieldError> found;
  private final String prefix;

  public Faults() {
    this(new ArrayList<>(), "");
  }

  private Faults(List<FieldError> found, String prefix) {
    this.found = found;
    this.prefix = prefix;
  }

  /** Notes faults of what stands at this path of the request. */
  public Faults under(String path) {
    return new Faults(found, path + ".");
  }

  /** Notes a fault; a null message means there is none. */
  public Faults add(String field, @Nullable String message) {
    if (message != null) {
      found.add(new FieldError(prefix + field, message));
    }
    return this;
  }

  /** Refuses with 400 where there are any. */
  public void raise() {
    if (!found.isEmpty()) {
      throw CommonError.INVALID.of().withFields(found);
    }
  }
}
