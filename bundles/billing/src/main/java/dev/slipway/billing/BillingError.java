package dev.slipway.billing;

import dev.slipway.api.ErrorCode;
import dev.slipway.api.ErrorKind;

/** Every refusal of the feature. */
public enum BillingError implements ErrorCode {
  PLAN_NOT_FOUND("billing.plan.not-found", ErrorKind.MISSING, "There is no such plan."),
  PLAN_NAME_TAKEN(
      "billing.plan.name-taken", ErrorKind.CONFLICT, "A plan with this name exists already."),
  PLAN_IS_SYSTEM(
      "billing.plan.system",
      ErrorKind.FORBIDDEN,
      "A system plan can neither be renamed nor removed."),
  PLAN_IN_USE(
      "billing.plan.in-use", ErrorKind.CONFLICT, "Tenants have this plan; reassign them first."),
  TOO_MANY_PLANS(
      "billing.plan.too-many", ErrorKind.UNPROCESSABLE, "There can be at most {0} plans."),
  PLAN_IS_CURRENT("billing.plan.current", ErrorKind.CONFLICT, "The tenant has this plan already."),
  BUNDLE_NOT_FOUND(
      "billing.bundle.not-found", ErrorKind.MISSING, "There is no such credit bundle."),
  BUNDLE_NAME_TAKEN(
      "billing.bundle.name-taken",
      ErrorKind.CONFLICT,
      "A credit bundle with this name exists already."),
  TOO_MANY_BUNDLES(
      "billing.bundle.too-many", ErrorKind.UNPROCESSABLE, "There can be at most {0} bundles."),
  TRANSACTION_NOT_FOUND(
      "billing.transaction.not-found", ErrorKind.MISSING, "There is no such transaction."),
  NO_CUSTOMER(
      "billing.account.no-customer", ErrorKind.INVALID, "The tenant has not bought anything yet."),
  NO_SUBSCRIPTION(
      "billing.subscription.none", ErrorKind.INVALID, "There is no active subscription."),
  CHECKOUT_COMPLETED(
      "billing.checkout.completed",
      ErrorKind.CONFLICT,
      "Another checkout of this tenant has just been paid; look again in a moment."),
  ENTITLEMENT_MISSING(
      "billing.entitlement.missing", ErrorKind.FORBIDDEN, "The plan does not include {0}."),
  PAYMENT_DECLINED(
      "billing.payment.declined", ErrorKind.UNPROCESSABLE, "The payment was declined."),
  BAD_SIGNATURE(
      "billing.webhook.signature", ErrorKind.INVALID, "The signature does not fit the body."),
  STRIPE_NOT_CONFIGURED(
      "billing.stripe.not-configured",
      ErrorKind.UNAVAILABLE,
      "Payments are not set up on this platform."),
  STRIPE_REFUSED(
      "billing.stripe.refused", ErrorKind.UNPROCESSABLE, "Stripe did not accept the request."),
  STRIPE_UNAVAILABLE(
      "billing.stripe.unavailable", ErrorKind.UNAVAILABLE, "Stripe can not be reached right now.");

  private final String code;
  private final ErrorKind kind;
  private final String message;

  BillingError(String code, ErrorKind kind, String message) {
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
