package dev.slipway.billing.service;

/** All of a credit bundle that operators edit. */
public record BundleDraft(
    String name, long credits, long priceCents, boolean isActive, int sortOrder) {
  /** The most that Stripe takes at once. */
  private static final long MAX_PRICE = 99_999_999;

  private static final int MAX_NAME = 200;

  public BundleDraft {
    name = name.strip();
  }

  /** Refuses with 400 where something is wrong with it. */
  void check() {
    new Faults()
        .name("name", name, MAX_NAME)
        .range("credits", credits, 1, PlanDraft.MAX_CREDITS)
        .range("priceCents", priceCents, 1, MAX_PRICE)
        .raise();
  }
}
