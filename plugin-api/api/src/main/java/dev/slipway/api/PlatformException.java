package dev.slipway.api;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A refusal on its way to the client. Its message is meant for the client: never put a secret, SQL
 * or the text of another exception into it.
 */
@ProviderType
public final class PlatformException extends RuntimeException {
  private final transient ErrorCode code;
  private final transient List<FieldError> fields;
  private final transient @Nullable Duration retryAfter;

  PlatformException(
      ErrorCode code, List<FieldError> fields, @Nullable Duration retryAfter, Object... args) {
    this(code, fields, retryAfter, fill(code.message(), args));
  }

  private PlatformException(
      ErrorCode code, List<FieldError> fields, @Nullable Duration retryAfter, String message) {
    super(message, null, false, code.kind() == ErrorKind.INTERNAL);
    this.code = code;
    this.fields = List.copyOf(fields);
    this.retryAfter = retryAfter;
  }

  /** The code and with it the kind of refusal. */
  public ErrorCode code() {
    return code;
  }

  /** Faults of single fields, empty where none is to blame. */
  public List<FieldError> fields() {
    return fields;
  }

  /** How long the client should wait before it tries again; sent as {@code Retry-After}. */
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }

  /** The same refusal with one more faulty field. */
  public PlatformException withField(String field, String message) {
    var more = new java.util.ArrayList<>(fields);
    more.add(new FieldError(field, message));
    return new PlatformException(code, more, retryAfter, getMessage());
  }

  /** The same refusal with these faulty fields. */
  public PlatformException withFields(List<FieldError> faults) {
    return new PlatformException(code, faults, retryAfter, getMessage());
  }

  /** The same refusal with a time to wait. */
  public PlatformException retryAfter(Duration wait) {
    return new PlatformException(code, fields, wait, getMessage());
  }

  private static String fill(String template, Object... args) {
    var text = template;
    for (var i = 0; i < args.length; i++) {
      text = text.replace("{" + i + "}", String.valueOf(args[i]));
    }
    return text;
  }
}
