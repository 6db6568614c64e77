package dev.slipway.billing.resource;

import dev.slipway.billing.CreditBundle;
import dev.slipway.billing.service.BundleDraft;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Credit bundles as clients see them. */
public final class BundlePayloads {
  private BundlePayloads() {}

  /** A bundle is for sale unless it says otherwise. */
  public record BundleInput(
      @NotNull @Size(max = 1000) String name,
      @NotNull Long credits,
      @NotNull Long priceCents,
      @Nullable Boolean isActive,
      @Nullable Integer sortOrder) {
    BundleDraft toDraft() {
      return new BundleDraft(
          name,
          credits,
          priceCents,
          isActive == null || isActive,
          sortOrder == null ? 0 : sortOrder);
    }
  }

  public record BundleView(
      UUID id,
      String name,
      long credits,
      long priceCents,
      boolean isActive,
      int sortOrder,
      Instant createdAt,
      Instant updatedAt) {
    static BundleView of(CreditBundle bundle) {
      return new BundleView(
          bundle.id(),
          bundle.name(),
          bundle.credits(),
          bundle.priceCents(),
          bundle.isActive(),
          bundle.sortOrder(),
          bundle.createdAt(),
          bundle.updatedAt());
    }
  }

  public record BundlesAnswer(List<BundleView> bundles) {
    static BundlesAnswer of(List<CreditBundle> bundles) {
      return new BundlesAnswer(bundles.stream().map(BundleView::of).toList());
    }
  }
}
