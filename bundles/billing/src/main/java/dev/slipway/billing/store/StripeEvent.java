package dev.slipway.billing.store;

/** An event of Stripe that is to be worked on. */
public record StripeEvent(String id, String type, String objectId, int attempts) {}
