package dev.slipway.deployments.service.queue;

import dev.slipway.api.Caller;
import dev.slipway.apps.Environment;
import dev.slipway.deployments.DeploymentsError;
import dev.slipway.deployments.store.approval.PolicyRow;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Whom an approval policy asks, and about what. */
public final class Approvers {
  private static final String PRODUCTION = "production";

  private Approvers() {}

  /**
   * That a new deployment is held.
   *
   * @param approvals votes that let it start
   * @param minutes when it is called off without them; null = never
   */
  record Hold(int approvals, @Nullable Integer minutes) {}

  /**
   * Whether a new deployment is held: by the policy, where that is about its place, or because its
   * environment is protected.
   *
   * @param policy null where the app has none
   * @param environment null for the app's production
   */
  public static @Nullable Hold hold(@Nullable PolicyRow policy, @Nullable Environment environment) {
    if (policy != null && policy.enabled() && isAbout(policy, environment)) {
      return new Hold(policy.requiredApprovals(), policy.expiresAfterMinutes());
    }
    return environment != null && environment.isProtected() ? new Hold(1, null) : null;
  }

  /**
   * A policy speaks of environments by name. It may say the slug or the stage as well: rather one
   * approval too many than one too few.
   */
  private static boolean isAbout(PolicyRow policy, @Nullable Environment environment) {
    var names =
        environment == null
            ? List.of(PRODUCTION)
            : List.of(
                lower(environment.name()), lower(environment.slug()), environment.stage().text());
    return policy.environments().isEmpty()
        || policy.environments().stream().map(Approvers::lower).anyMatch(names::contains);
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /**
   * Refuses with 403 a vote of somebody whom the policy does not ask. Without any role and user it
   * asks admins and owners.
   *
   * @param policy null where it is gone: then it is as if it named nobody
   * @param requestedBy who wants the deployment
   */
  public static void check(Caller caller, @Nullable PolicyRow policy, @Nullable UUID requestedBy) {
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
  public static void checkSelf(UUID user, @Nullable PolicyRow policy, @Nullable UUID requestedBy) {
    if (user.equals(requestedBy) && (policy == null || !policy.allowSelfApproval())) {
      throw DeploymentsError.NO_APPROVER.of("you asked for it yourself");
    }
  }
}
