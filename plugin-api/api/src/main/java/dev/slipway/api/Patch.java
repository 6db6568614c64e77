package dev.slipway.api;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A member of a PATCH body: left out, set to null, or set to a value. Constraints stand on the type
 * argument, such as {@code Patch<@Size(max = 80) String>}.
 */
@ProviderType
public final class Patch<T> {
  private static final Patch<?> ABSENT = new Patch<>(false, null);
  private final boolean present;
  private final @Nullable T value;

  private Patch(boolean present, @Nullable T value) {
    this.present = present;
    this.value = value;
  }

  /** The member was left out: keep what is there. */
  @SuppressWarnings("unchecked")
  public static <T> Patch<T> absent() {
    return (Patch<T>) ABSENT;
  }

  /** The member was sent, possibly as null. */
  public static <T> Patch<T> of(@Nullable T value) {
    return new Patch<>(true, value);
  }

  /** Whether the member was sent. */
  public boolean isPresent() {
    return present;
  }

  /** What was sent; null where the member was left out or null. */
  public @Nullable T value() {
    return value;
  }

  /** What was sent, else what is there. */
  public @Nullable T or(@Nullable T current) {
    return present ? value : current;
  }

  /**
   * What was sent, else what is there, for a member that can not be null; null is refused with 400.
   */
  public T orKeep(String field, T current) {
    if (!present) {
      return current;
    }
    if (value == null) {
      throw CommonError.INVALID.of().withField(field, "must not be null");
    }
    return value;
  }

  /** Runs the action where the member was sent. */
  public void ifPresent(Consumer<@Nullable T> action) {
    if (present) {
      action.accept(value);
    }
  }
}
