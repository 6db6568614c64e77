package dev.slipway.webhooks.resource;

import dev.slipway.api.Patch;
import dev.slipway.webhooks.EndpointSummary;
import dev.slipway.webhooks.service.EndpointDraft;
import dev.slipway.webhooks.service.EndpointService.Part;
import dev.slipway.webhooks.service.EndpointService.Shown;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Deploy webhooks as clients see them. */
public final class DeployWebhookPayloads {
  private DeployWebhookPayloads() {}

  public record Create(
      @Size(max = 100) @Nullable String name,
      @NotBlank @Size(max = 2000) String url,
      @NotEmpty @Size(max = 100) List<@NotNull @Size(max = 100) String> events,
      @Nullable UUID appId,
      @Nullable Boolean paused) {

    EndpointDraft toDraft() {
      return new EndpointDraft(name, "", url, events, appId, !Boolean.TRUE.equals(paused));
    }
  }

  public record Change(
      Patch<@Size(max = 100) String> name,
      Patch<@Size(max = 2000) String> url,
      Patch<@Size(max = 100) List<@NotNull @Size(max = 100) String>> events,
      Patch<Boolean> paused) {

    EndpointDraft over(EndpointDraft before) {
      return new EndpointDraft(
          name.or(before.name()),
          before.description(),
          url.orKeep("url", before.url()),
          events.orKeep("events", before.events()),
          before.appId(),
          !paused.orKeep("paused", !before.enabled()));
    }
  }

  /** How the last delivery went. */
  public enum LastStatus {
    SUCCESS,
    FAILURE
  }

  public record View(
      UUID id,
      @Nullable String name,
      String url,
      List<String> events,
      boolean paused,
      @Nullable UUID appId,
      String secretPreview,
      UUID createdBy,
      @Nullable Instant lastDeliveryAt,
      @Nullable LastStatus lastDeliveryStatus,
      Instant createdAt,
      Instant updatedAt) {

    static View of(EndpointSummary webhook) {
      return new View(
          webhook.id(),
          webhook.name(),
          webhook.url(),
          webhook.events(),
          !webhook.enabled(),
          webhook.appId(),
          webhook.secretPreview(),
          webhook.createdBy(),
          webhook.lastDeliveryAt(),
          status(webhook.lastDeliveryOk()),
          webhook.createdAt(),
          webhook.updatedAt());
    }

    private static @Nullable LastStatus status(@Nullable Boolean ok) {
      return ok == null ? null : ok ? LastStatus.SUCCESS : LastStatus.FAILURE;
    }
  }

  public record DeployWebhookAnswer(View webhook) {}

  public record DeployWebhooksAnswer(List<View> webhooks, long total, int page, int perPage) {
    static DeployWebhooksAnswer of(Part part, int page, int perPage) {
      return new DeployWebhooksAnswer(
          part.webhooks().stream().map(View::of).toList(), part.total(), page, perPage);
    }
  }

  public record CreatedDeployWebhook(View webhook, String secret) {
    static CreatedDeployWebhook of(Shown shown) {
      return new CreatedDeployWebhook(
          View.of(shown.webhook()), Objects.requireNonNull(shown.secret()));
    }

    @Override
    public String toString() {
      return "CreatedDeployWebhook[" + webhook.id() + "]";
    }
  }

  public record ShownDeployWebhook(View webhook, List<DeliveryPayloads.View> deliveries) {
    static ShownDeployWebhook of(Shown shown) {
      return new ShownDeployWebhook(
          View.of(shown.webhook()),
          shown.deliveries().stream().map(DeliveryPayloads.View::of).toList());
    }
  }
}
