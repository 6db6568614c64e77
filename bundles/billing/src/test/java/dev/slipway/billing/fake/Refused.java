package dev.slipway.billing.fake;

import java.util.Map;

/** How the fake refuses, in Stripe's words. */
final class Refused extends RuntimeException {
  final int status;
  final transient Map<String, Object> body;

  Refused(int status, String type, String code, String message) {
    super(message);
    this.status = status;
    body = Map.of("error", Map.of("type", type, "code", code, "message", message));
  }

  static Refused invalid(String code, String message) {
    return new Refused(400, "invalid_request_error", code, message);
  }

  static Refused missing(String id) {
    return new Refused(404, "invalid_request_error", "resource_missing", "No such object: " + id);
  }
}
