package dev.slipway.api;

/** What sort of refusal an error is; decides the HTTP status and, over gRPC, the status code. */
public enum ErrorKind {
  INVALID(400),
  UNAUTHENTICATED(401),
  FORBIDDEN(403),
  MISSING(404),
  CONFLICT(409),
  GONE(410),
  STALE(412),
  TOO_LARGE(413),
  UNSUPPORTED_MEDIA(415),
  UNPROCESSABLE(422),
  PRECONDITION_REQUIRED(428),
  LIMITED(429),
  INTERNAL(500),
  NOT_IMPLEMENTED(501),
  UNAVAILABLE(503);

  private final int status;

  ErrorKind(int status) {
    this.status = status;
  }

  /** The HTTP status code. */
  public int status() {
    return status;
  }
}
