package dev.slipway.webhooks;

import dev.slipway.api.event.DomainEvent;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What happens to webhooks; no secret is in any of them. */
public sealed interface WebhooksEvent extends DomainEvent {
  @Override
  UUID tenantId();

  UUID webhookId();

  @Override
  default UUID subjectId() {
    return webhookId();
  }

  /** A new webhook. */
  record Created(UUID tenantId, UUID webhookId, Family family, String url)
      implements WebhooksEvent {
    @Override
    public String type() {
      return "webhooks.webhook.created";
    }
  }

  /** It was edited. */
  record Updated(UUID tenantId, UUID webhookId, Family family, String url, boolean enabled)
      implements WebhooksEvent {
    @Override
    public String type() {
      return "webhooks.webhook.updated";
    }
  }

  /** It is gone. */
  record Deleted(UUID tenantId, UUID webhookId, Family family) implements WebhooksEvent {
    @Override
    public String type() {
      return "webhooks.webhook.deleted";
    }
  }

  /** It has a new secret. */
  record SecretRotated(UUID tenantId, UUID webhookId, Family family, long graceSeconds)
      implements WebhooksEvent {
    @Override
    public String type() {
      return "webhooks.webhook.secret_rotated";
    }
  }

  /** Somebody was shown its secret. */
  record SecretRead(UUID tenantId, UUID webhookId, @Nullable UUID userId, @Nullable UUID apiKeyId)
      implements WebhooksEvent {
    @Override
    public String type() {
      return "webhooks.webhook.secret_read";
    }
  }

  /** The platform has stopped delivering to it. */
  record SwitchedOff(UUID tenantId, UUID webhookId, Family family, Endpoint.OffReason reason)
      implements WebhooksEvent {
    @Override
    public String type() {
      return "webhooks.webhook.switched_off";
    }
  }
}
