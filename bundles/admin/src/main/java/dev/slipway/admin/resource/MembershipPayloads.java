package dev.slipway.admin.resource;

import dev.slipway.accounts.Seat;
import dev.slipway.accounts.User;
import dev.slipway.admin.resource.UserPayloads.View;
import dev.slipway.api.Role;
import dev.slipway.billing.BillingState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A user's memberships as operators see them. */
public final class MembershipPayloads {
  private MembershipPayloads() {}

  /** A seat of a user, with how its tenant stands with billing. */
  public record MembershipDetail(
      UUID tenantId,
      String tenantName,
      String tenantSlug,
      boolean isRoot,
      Role role,
      Instant joinedAt,
      @Nullable UUID planId,
      String planName,
      boolean billingWaived,
      long subscriptionCredits,
      long purchasedCredits) {
    static MembershipDetail of(Seat seat, BillingState billing) {
      return new MembershipDetail(
          seat.tenantId(),
          seat.tenantName(),
          seat.tenantSlug(),
          seat.root(),
          seat.role(),
          seat.joinedAt(),
          billing.planId(),
          billing.planName(),
          billing.billingWaived(),
          billing.subscriptionCredits(),
          billing.purchasedCredits());
    }
  }

  /** A user with all memberships. */
  public record Detail(View user, List<MembershipDetail> memberships) {
    static Detail of(User user, List<Seat> seats, Map<UUID, BillingState> billing) {
      return new Detail(
          View.of(user),
          seats.stream()
              .map(seat -> MembershipDetail.of(seat, billing.get(seat.tenantId())))
              .toList());
    }
  }
}
