package dev.slipway.http.json;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import dev.slipway.api.CommonError;
import dev.slipway.api.ErrorCode;
import dev.slipway.api.FieldError;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A refusal as RFC 9457 has it, with the members {@code error} and {@code code} beside for clients
 * of another habit.
 *
 * @param type URI reference of the error's page in the API reference
 * @param title the kind of refusal
 * @param status HTTP status
 * @param detail what happened, for people
 * @param error the same as detail
 * @param code stable, machine-readable code
 * @param errors faults of single fields
 * @param requestId id to quote when asking for help
 * @param members what else a client needs to act on it, beside the others
 */
public record Problem(
    String type,
    String title,
    int status,
    @Nullable String detail,
    @Nullable String error,
    String code,
    List<FieldError> errors,
    String requestId,
    @JsonAnyGetter Map<String, Object> members) {
  /** Media type of every refusal. */
  public static final String MEDIA_TYPE = "application/problem+json";

  static Problem of(ErrorCode code, String message, List<FieldError> fields, String requestId) {
    return of(code.code(), code.kind().status(), message, fields, requestId);
  }

  static Problem of(
      String code, int status, String message, List<FieldError> fields, String requestId) {
    var title = org.eclipse.jetty.http.HttpStatus.getMessage(status);
    return new Problem(
        "/api/docs#error-" + code,
        title,
        status,
        message,
        message,
        code,
        fields,
        requestId,
        Map.of());
  }

  Problem with(Map<String, Object> more) {
    return new Problem(type, title, status, detail, error, code, errors, requestId, more);
  }

  /** The answer to an address that is no URI, which no resource ever sees. */
  public static String malformedAddress(String requestId) {
    var problem =
        of(CommonError.MALFORMED, "The request address can not be read.", List.of(), requestId);
    return JsonBodies.write(problem);
  }
}
