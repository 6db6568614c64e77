package dev.slipway.deployments.service;

import dev.slipway.api.Caller;
import dev.slipway.deployments.DeploymentsError;
import dev.slipway.deployments.store.PolicyRow;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Whom an approval policy asks, and about what. */
final class Approvers {
  /** Every deployment goes there as long as apps have no other environment. */
  private static final String ENVIRONMENT = "production";

  private Approvers() {}

  /** Whether a new deployment is held. */
  static boolean hold(PolicyRow policy) {
    return policy.enabled()
        && (policy.environments().isEmpty()
            || policy.environments().stream().anyMatch(ENVIRONMENT::equalsIgnoreCase));
  }

  /**
   * Refuses with 403 a vote of somebody whom the policy does not ask. Without any role and user it
   * asks admins and owners.
   *
   * @param policy null where it is gone: then it is as if it named nobody
   * @param requestedBy who wants the deployment
   */
  static void check(Caller caller, @Nullable PolicyRow policy, @Nullable UUID requestedBy) {
    var user = caller.requireUser();
    var role = Objects.requireNonNull(caller.membership()).role().name().toLowerCase(Locale.ROOT);
    var named =
        policy != null
            && (policy.approverRoles().contains(role)
                || policy.approverUserIds().contains(user.toString()));
    var open =
        policy == null || policy.approverRoles().isEmpty() && policy.approverUserIds().isEmpty();
    if (!named && !(open && !role.equals("user"))) {
      throw DeploymentsError.NO_APPROVER.of("you are not an approver");
    }
    checkSelf(user, policy, requestedBy);
  }

  /** Refuses with 403 who wants the deployment, unless the policy allows that. */
  static void checkSelf(UUID user, @Nullable PolicyRow policy, @Nullable UUID requestedBy) {
    if (user.equals(requestedBy) && (policy == null || !policy.allowSelfApproval())) {
      throw DeploymentsError.NO_APPROVER.of("you asked for it yourself");
    }
  }
}
