package dev.slipway.webhooks.resource;

import dev.slipway.webhooks.EndpointSummary;
import dev.slipway.webhooks.service.EndpointDraft;
import dev.slipway.webhooks.service.EndpointService.Shown;
import dev.slipway.webhooks.service.SigningSecrets;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Webhooks of the root tenant as clients see them. */
public final class WebhookPayloads {
  private WebhookPayloads() {}

  /** All that is said of a webhook, new or edited. */
  public record Draft(
      @NotBlank @Size(max = 100) String name,
      @Size(max = 2000) @Nullable String description,
      @NotBlank @Size(max = 2000) String url,
      @NotEmpty @Size(max = 100) List<@NotNull @Size(max = 100) String> events) {

    /** Whoever edits a webhook wants it: one that was switched off is on again. */
    EndpointDraft toDraft() {
      return new EndpointDraft(
          name, description == null ? "" : description, url, events, null, true);
    }
  }

  public record View(
      UUID id,
      String name,
      String description,
      String url,
      String secretPreview,
      List<String> events,
      boolean isActive,
      UUID createdBy,
      Instant createdAt,
      Instant updatedAt) {

    static View of(EndpointSummary webhook) {
      return new View(
          webhook.id(),
          Objects.requireNonNull(webhook.name()),
          webhook.description(),
          webhook.url(),
          webhook.secretPreview(),
          webhook.events(),
          webhook.enabled(),
          webhook.createdBy(),
          webhook.createdAt(),
          webhook.updatedAt());
    }
  }

  public record WebhookAnswer(View webhook) {}

  public record WebhooksAnswer(List<View> webhooks) {
    static WebhooksAnswer of(List<EndpointSummary> webhooks) {
      return new WebhooksAnswer(webhooks.stream().map(View::of).toList());
    }
  }

  public record CreatedAnswer(View webhook, String secret) {
    static CreatedAnswer of(Shown shown) {
      return new CreatedAnswer(View.of(shown.webhook()), Objects.requireNonNull(shown.secret()));
    }

    @Override
    public String toString() {
      return "CreatedAnswer[" + webhook.id() + "]";
    }
  }

  public record RevealedAnswer(
      View webhook, String secret, List<DeliveryPayloads.View> deliveries) {
    static RevealedAnswer of(Shown shown) {
      return new RevealedAnswer(
          View.of(shown.webhook()),
          Objects.requireNonNull(shown.secret()),
          shown.deliveries().stream().map(DeliveryPayloads.View::of).toList());
    }

    @Override
    public String toString() {
      return "RevealedAnswer[" + webhook.id() + "]";
    }
  }

  public record SecretAnswer(String secret, String secretPreview) {
    static SecretAnswer of(String secret) {
      return new SecretAnswer(secret, SigningSecrets.preview(secret));
    }

    @Override
    public String toString() {
      return "SecretAnswer[" + secretPreview + "]";
    }
  }

  public record StatusAnswer(String status) {}
}
