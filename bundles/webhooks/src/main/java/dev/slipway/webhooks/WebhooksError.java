package dev.slipway.webhooks;

import dev.slipway.api.ErrorCode;
import dev.slipway.api.ErrorKind;

/** Every refusal of the feature. */
public enum WebhooksError implements ErrorCode {
  ENDPOINT_NOT_FOUND("webhooks.webhook.not-found", ErrorKind.MISSING, "There is no such webhook."),
  DELIVERY_NOT_FOUND(
      "webhooks.delivery.not-found", ErrorKind.MISSING, "There is no such delivery."),
  APP_NOT_FOUND("webhooks.app.not-found", ErrorKind.MISSING, "There is no such app."),
  URL_FORBIDDEN("webhooks.url.forbidden", ErrorKind.INVALID, "{0}"),
  UNKNOWN_EVENT("webhooks.event.unknown", ErrorKind.INVALID, "There is no event type {0}."),
  TOO_MANY("webhooks.webhook.too-many", ErrorKind.UNPROCESSABLE, "There can be at most {0}."),
  OFF("webhooks.webhook.off", ErrorKind.CONFLICT, "The webhook is paused or switched off."),
  WAITING("webhooks.delivery.waiting", ErrorKind.CONFLICT, "The delivery still waits in line."),
  QUEUE_FULL("webhooks.queue.full", ErrorKind.LIMITED, "Too many deliveries wait already.");

  private final String code;
  private final ErrorKind kind;
  private final String message;

  WebhooksError(String code, ErrorKind kind, String message) {
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
