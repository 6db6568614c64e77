package dev.slipway.admin.service;

import dev.slipway.admin.LogEntry;
import dev.slipway.admin.LogEntry.Category;
import dev.slipway.admin.LogEntry.Severity;
import dev.slipway.api.event.StoredEvent;
import dev.slipway.api.mail.MailHeld;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the system log says of an event. */
final class LogWording {
  private static final Set<String> GRAVE =
      Set.of(
          "billing.payment.failed",
          "billing.refund.failed",
          "deployments.deployment.failed",
          "fleet.server.offline",
          "fleet.server.cleanup-failed",
          "mail.message.failed",
          "plugins.plugin.failed",
          "plugins.plugin.quarantined");
  private static final Set<String> NOTABLE =
      Set.of(
          "accounts.user.deactivated",
          "accounts.user.deleted",
          "accounts.tenant.deactivated",
          "accounts.tenant.deleted",
          "accounts.ownership.transferred",
          "accounts.api-key.created",
          "accounts.api-key.revoked",
          "billing.payment.refunded",
          "mail.message.held",
          "admin.config.set",
          "admin.config.removed");

  /** Members that tell people which object it is, the first that is there. */
  private static final List<String> NAMES =
      List.of(
          "email",
          "name",
          "display_name",
          "tenant_name",
          "subject",
          "key",
          "plan_name",
          "invoice_number");

  /** Members that say why, or lead on. */
  private static final List<String> REASONS = List.of("error", "reason", "recipient");

  private LogWording() {}

  static LogEntry entry(StoredEvent event) {
    return new LogEntry(
        event.id(),
        severity(event.type()),
        category(event.type()),
        message(event),
        event.type(),
        event.uuid("user_id"),
        event.tenantId() == null ? event.uuid("tenant_id") : event.tenantId(),
        metadata(event),
        event.occurredAt());
  }

  private static Map<String, @Nullable Object> metadata(StoredEvent event) {
    var metadata = new LinkedHashMap<String, @Nullable Object>();
    metadata.put("subjectId", event.subjectId().toString());
    var recipient = event.text("recipient");
    if (recipient != null) {
      metadata.put("recipient", recipient);
    }
    var link = event.text("link");
    if (event.type().equals(MailHeld.TYPE) && link != null) {
      // As it came: sealed. It is opened for whoever reads the log.
      metadata.put(SystemLog.SEALED_LINK, link);
    }
    return metadata;
  }

  private static Severity severity(String type) {
    if (GRAVE.contains(type)) {
      return Severity.HIGH;
    }
    return NOTABLE.contains(type) ? Severity.MEDIUM : Severity.LOW;
  }

  private static Category category(String type) {
    return switch (type.substring(0, type.indexOf('.'))) {
      case "accounts" -> account(type);
      case "billing" -> Category.BILLING;
      case "admin" -> Category.ADMIN;
      case "security" -> Category.SECURITY;
      default -> Category.SYSTEM;
    };
  }

  private static Category account(String type) {
    if (type.startsWith("accounts.api-key.") || type.startsWith("accounts.session.")) {
      return Category.SECURITY;
    }
    return type.startsWith("accounts.user.") ? Category.AUTH : Category.TENANT;
  }

  /** {@code accounts.user.registered} of ann@example.com: "User registered: ann@example.com". */
  private static String message(StoredEvent event) {
    var words = event.type().split("\\.", 3);
    var sentence = (words[1] + " " + words[words.length - 1]).replace('_', ' ').replace('-', ' ');
    var text = new StringBuilder(sentence.substring(0, 1).toUpperCase(Locale.ROOT));
    text.append(sentence.substring(1));
    append(text, ": ", first(event, NAMES));
    append(text, " — ", first(event, REASONS));
    return text.toString();
  }

  private static @Nullable String first(StoredEvent event, List<String> members) {
    return members.stream()
        .map(event::text)
        .filter(text -> text != null && !text.isBlank())
        .findFirst()
        .orElse(null);
  }

  private static void append(StringBuilder text, String between, @Nullable String part) {
    if (part != null) {
      text.append(between).append(part);
    }
  }
}
