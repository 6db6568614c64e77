package dev.slipway.api;

import org.osgi.annotation.versioning.ProviderType;

/** The refusals that belong to no feature. */
@ProviderType
public enum CommonError implements ErrorCode {
  INVALID("request.invalid", ErrorKind.INVALID, "The request is not valid."),
  MALFORMED("request.malformed", ErrorKind.INVALID, "The request body can not be read: {0}"),
  TENANT_REQUIRED("tenant.required", ErrorKind.INVALID, "The X-Tenant-ID header is required."),
  UNAUTHENTICATED("auth.required", ErrorKind.UNAUTHENTICATED, "A valid credential is required."),
  FORBIDDEN("auth.forbidden", ErrorKind.FORBIDDEN, "Not allowed: {0}."),
  /** A credential that is bound to one object was used for something else. */
  CREDENTIAL_BOUND(
      "auth.credential-bound", ErrorKind.FORBIDDEN, "This credential is not good for this: {0}."),
  NOT_FOUND("request.not-found", ErrorKind.MISSING, "There is no such {0}."),
  STALE("request.stale", ErrorKind.STALE, "The {0} has been changed meanwhile."),
  TOO_LARGE("request.too-large", ErrorKind.TOO_LARGE, "The body is larger than {0} bytes."),
  MEDIA_TYPE("request.media-type", ErrorKind.UNSUPPORTED_MEDIA, "The body must be {0}."),
  RATE_LIMITED("request.rate-limited", ErrorKind.LIMITED, "Too many requests."),
  UNAVAILABLE("platform.unavailable", ErrorKind.UNAVAILABLE, "{0} is not available right now."),
  INTERNAL("platform.internal", ErrorKind.INTERNAL, "Something went wrong on our side.");

  private final String code;
  private final ErrorKind kind;
  private final String message;

  CommonError(String code, ErrorKind kind, String message) {
    this.code = code;
    this.kind = kind;
    this.message = message;
  }

  @Override
  public String code() {
    return code;
  }

  @Override
  public ErrorKind kind() {
    return kind;
  }

  @Override
  public String message() {
    return message;
  }
}
