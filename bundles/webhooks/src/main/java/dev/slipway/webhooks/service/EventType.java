package dev.slipway.webhooks.service;

import dev.slipway.api.event.StoredEvent;
import dev.slipway.webhooks.Family;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What endpoints may hear, and of which event of the log each is made.
 *
 * @param type as endpoints know it
 * @param description for people who choose
 * @param source its type in the log
 * @param members of the payload's data, in order; in the log they are in snake_case
 */
public record EventType(
    Family family, String type, String description, String source, List<String> members) {
  private static final int MAX_TEXT = 2000;

  /** Where the log calls a member otherwise. */
  private static final Map<String, String> OTHERWISE =
      Map.of("tenantName", "name", "tenantSlug", "slug");

  private static final List<EventType> ADMIN =
      List.of(
          admin(
              "subscription.activated",
              "checkout finished, subscription is live",
              "billing.subscription.activated",
              "tenantId planId planName billingInterval amountCents"),
          admin(
              "subscription.canceled",
              "subscription ended by anyone involved",
              "billing.subscription.canceled",
              "tenantId tenantName reason"),
          admin(
              "payment.received",
              "renewal payment succeeded, not first",
              "billing.payment.received",
              "tenantId amountCents currency planName"),
          admin(
              "payment.failed",
              "renewal payment failed, tenant past_due",
              "billing.payment.failed",
              "tenantId tenantName"),
          admin(
              "member.invited",
              "somebody was invited into tenant",
              "accounts.member.invited",
              "tenantId tenantName email role invitedBy"),
          admin(
              "member.joined",
              "invited user has joined tenant",
              "accounts.member.joined",
              "tenantId tenantName userId role"),
          admin(
              "member.removed",
              "member was taken out of tenant",
              "accounts.member.removed",
              "tenantId tenantName userId removedBy"),
          admin(
              "member.role_changed",
              "member now has another role",
              "accounts.member.role-changed",
              "tenantId tenantName userId oldRole newRole"),
          admin(
              "ownership.transferred",
              "tenant has got another owner",
              "accounts.ownership.transferred",
              "tenantId tenantName fromUserId toUserId"),
          admin(
              "user.registered",
              "new user account was created",
              "accounts.user.registered",
              "userId email displayName"),
          admin(
              "user.verified",
              "user has confirmed email address",
              "accounts.user.verified",
              "userId email"),
          admin(
              "user.deactivated",
              "operator switched a user off",
              "accounts.user.deactivated",
              "userId"),
          admin(
              "credits.purchased",
              "tenant bought a credit bundle",
              "billing.credits.purchased",
              "tenantId bundleId bundleName credits amountCents"),
          admin(
              "plan.changed",
              "tenant moved to different plan",
              "billing.plan.changed",
              "tenantId planId planName"),
          admin(
              "tenant.created",
              "registration made a new tenant",
              "accounts.tenant.created",
              "tenantId tenantName tenantSlug userId"),
          admin(
              "tenant.deactivated",
              "operator switched a tenant off",
              "accounts.tenant.deactivated",
              "tenantId tenantName"),
          admin(
              "user.deleted",
              "operator erased a user account",
              "accounts.user.deleted",
              "userId email"),
          admin(
              "tenant.deleted",
              "tenant is gone for good",
              "accounts.tenant.deleted",
              "tenantId tenantName reason"),
          admin(
              "api_key.created",
              "new API key was minted",
              "accounts.api-key.created",
              "keyId name authority createdBy"),
          admin(
              "api_key.revoked",
              "API key was withdrawn",
              "accounts.api-key.revoked",
              "keyId revokedBy"));

  private static final List<EventType> DEPLOY =
      List.of(
          deploy("queued", "a deployment waits for its turn", "trigger serverId"),
          deploy("started", "a deployment's first step begins", "trigger serverId"),
          deploy("succeeded", "a deployment is live", "trigger serverId commitSha image url"),
          deploy("failed", "a deployment ended without being live", "trigger error"),
          deploy("cancelled", "a deployment was called off", "reason"),
          deploy("rolled_back", "an app went back to another version", "byDeploymentId"),
          deploy("approval_required", "a deployment waits for approval", "reason"),
          deploy("approved", "a deployment was approved", "approvedBy comment"),
          deploy("rejected", "a deployment was refused", "rejectedBy comment"));

  private static final Map<String, EventType> BY_SOURCE =
      Stream.concat(ADMIN.stream(), DEPLOY.stream())
          .collect(Collectors.toUnmodifiableMap(EventType::source, type -> type));

  private static EventType admin(String type, String description, String source, String members) {
    return new EventType(
        Family.ADMIN, type, description, source, Arrays.asList(members.split(" ")));
  }

  private static EventType deploy(String what, String description, String more) {
    return new EventType(
        Family.DEPLOY,
        "deploy." + what,
        description,
        "deployments.deployment." + what,
        Arrays.asList(("tenantId appId deploymentId " + more).split(" ")));
  }

  /** The types that endpoints of a family may hear. */
  public static List<EventType> of(Family family) {
    return switch (family) {
      case ADMIN -> ADMIN;
      case DEPLOY -> DEPLOY;
    };
  }

  /** What an event of the log becomes; empty where no endpoint may hear it. */
  static Optional<EventType> ofSource(String source) {
    return Optional.ofNullable(BY_SOURCE.get(source));
  }

  /** All types of the log that something is made of. */
  static Set<String> allSources() {
    return BY_SOURCE.keySet();
  }

  /** The payload of an event. */
  Map<String, @Nullable Object> payload(StoredEvent event) {
    var data = new LinkedHashMap<String, @Nullable Object>();
    members.forEach(member -> data.put(member, cut(value(event, member))));
    return envelope(event.occurredAt().toString(), data);
  }

  /** A body around such data. */
  Map<String, @Nullable Object> envelope(String timestamp, Map<String, @Nullable Object> data) {
    var body = new LinkedHashMap<String, @Nullable Object>();
    body.put("event", type);
    body.put("timestamp", timestamp);
    body.put("data", data);
    return body;
  }

  private static @Nullable Object value(StoredEvent event, String member) {
    var data = event.data();
    var value = data.get(snake(member));
    if (value == null && OTHERWISE.containsKey(member)) {
      value = data.get(OTHERWISE.get(member));
    }
    return value == null && member.equals("tenantId") ? event.tenantId() : value;
  }

  private static String snake(String member) {
    return member.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  /** Receivers are promised small bodies. */
  private static @Nullable Object cut(@Nullable Object value) {
    return value instanceof String text && text.length() > MAX_TEXT
        ? text.substring(0, text.offsetByCodePoints(0, text.codePointCount(0, MAX_TEXT)))
        : value;
  }
}
