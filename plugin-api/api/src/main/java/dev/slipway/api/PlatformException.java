package dev.slipway.api;

import java.time.Duration;
import java.util.List;
import java.util.Map;
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

  private final transient Map<String, Object> members;

  PlatformException(
      ErrorCode code, List<FieldError> fields, @Nullable Duration retryAfter, Object... args) {
    this(code, fields, retryAfter, Map.of(), fill(code.message(), args));
  }

  private PlatformException(
      ErrorCode code,
      List<FieldError> fields,
      @Nullable Duration retryAfter,
      Map<String, Object> members,
      String message) {
    super(message, null, false, code.kind() == ErrorKind.INTERNAL);
    this.code = code;
    this.fields = List.copyOf(fields);
    this.retryAfter = retryAfter;
    this.members = Map.copyOf(members);
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

  /** Further members of the refusal that a client needs to act on it, such as a limit. */
  public Map<String, Object> members() {
    return members;
  }

  /** The same refusal with one more member; plain JSON values alone. */
  public PlatformException withMember(String name, Object value) {
    var more = new java.util.HashMap<>(members);
    more.put(name, value);
    return new PlatformException(code, fields, retryAfter, more, getMessage());
  }

  /** The same refusal with one more faulty field. */
  public PlatformException withField(String field, String message) {
    var more = new java.util.ArrayList<>(fields);
    more.add(new FieldError(field, message));
    return new PlatformException(code, more, retryAfter, members, getMessage());
  }

  /** The same refusal with these faulty fields. */
  public PlatformException withFields(List<FieldError> faults) {
    return new PlatformException(code, faults, retryAfter, members, getMessage());
  }

  /** The same refusal with a time to wait. */
  public PlatformException retryAfter(Duration wait) {
    return new PlatformException(code, fields, wait, members, getMessage());
  }

  private static String fill(String template, Object... args) {
    var text = template;
    for (var i = 0; i < args.length; i++) {
      text = text.replace("{" + i + "}", String.valueOf(args[i]));
    }
    return text;
  }
}
