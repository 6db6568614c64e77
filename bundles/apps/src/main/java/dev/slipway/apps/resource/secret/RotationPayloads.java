package dev.slipway.apps.resource.secret;

import dev.slipway.api.Page;
import dev.slipway.apps.RotationRule;
import dev.slipway.apps.SecretLease;
import dev.slipway.apps.TemplateVariable.Generator;
import dev.slipway.apps.service.secret.RotationDraft;
import dev.slipway.apps.service.secret.RotationService.Rotation;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** New values for secrets, and who has which, as clients see it. */
public final class RotationPayloads {
  private RotationPayloads() {}

  /**
   * When a secret needs a new value; one of {@code intervalDays} and {@code expiresAt} is needed.
   *
   * @param generate what makes it; null = what the template says, else somebody gives it
   * @param secretTemplateId a template whose variable of the same key says what makes it
   * @param expiresAt when the present value ends; null = an interval from now
   * @param redeploy null = no
   */
  public record SetRotation(
      @Nullable Generator generate,
      @Nullable UUID secretTemplateId,
      @Min(1) @Max(3650) @Nullable Integer intervalDays,
      @Nullable Instant expiresAt,
      @Nullable Boolean redeploy) {

    RotationDraft toDraft() {
      return new RotationDraft(
          generate, secretTemplateId, intervalDays, expiresAt, Boolean.TRUE.equals(redeploy));
    }
  }

  /**
   * A new value.
   *
   * @param value null = one that is made as the secret's rule says
   */
  public record Rotate(@Size(max = 65536) @Nullable String value) {
    @Override
    public String toString() {
      return "Rotate";
    }
  }

  /**
   * When a secret needs a new value.
   *
   * @param scope the layer of the secret
   * @param dueAt when the present value ends; null = it does not
   */
  public record RotationView(
      UUID envVarId,
      String key,
      String scope,
      UUID scopeId,
      RotationRule.Status status,
      Generator generate,
      @Nullable Integer intervalDays,
      @Nullable Instant dueAt,
      boolean redeploy,
      @Nullable Instant rotatedAt,
      @Nullable UUID setBy,
      Instant createdAt,
      Instant updatedAt) {

    static RotationView of(Rotation rotation) {
      var variable = rotation.variable();
      var rule = rotation.rule();
      return new RotationView(
          variable.id(),
          variable.key(),
          variable.owner().scope(),
          variable.owner().id(),
          rule.status(Instant.now()),
          rule.generate(),
          rule.intervalDays(),
          rule.dueAt(),
          rule.redeploy(),
          rule.rotatedAt(),
          rule.setBy(),
          rule.createdAt(),
          rule.updatedAt());
    }
  }

  public record RotationAnswer(RotationView rotation) {
    static RotationAnswer of(Rotation rotation) {
      return new RotationAnswer(RotationView.of(rotation));
    }
  }

  public record RotationsAnswer(List<RotationView> rotations, long total) {
    static RotationsAnswer of(Page<Rotation> page) {
      return new RotationsAnswer(
          page.items().stream().map(RotationView::of).toList(), page.total());
    }
  }

  /**
   * A deployment was given a value of a secret.
   *
   * @param version which version of the secret
   * @param environmentId null = outside of any environment
   * @param expiresAt when that value was to end
   * @param endedAt since when nothing runs with it any more
   */
  public record LeaseView(
      UUID id,
      UUID envVarId,
      int version,
      SecretLease.Status status,
      UUID appId,
      @Nullable UUID environmentId,
      UUID deploymentId,
      Instant takenAt,
      @Nullable Instant expiresAt,
      @Nullable Instant revokedAt,
      @Nullable Instant endedAt) {

    static LeaseView of(SecretLease lease) {
      return new LeaseView(
          lease.id(),
          lease.envVarId(),
          lease.number(),
          lease.status(Instant.now()),
          lease.appId(),
          lease.environmentId(),
          lease.deploymentId(),
          lease.takenAt(),
          lease.expiresAt(),
          lease.revokedAt(),
          lease.endedAt());
    }
  }

  public record LeaseAnswer(LeaseView lease) {
    static LeaseAnswer of(SecretLease lease) {
      return new LeaseAnswer(LeaseView.of(lease));
    }
  }

  public record LeasesAnswer(List<LeaseView> leases) {
    static LeasesAnswer of(List<SecretLease> leases) {
      return new LeasesAnswer(leases.stream().map(LeaseView::of).toList());
    }
  }
}
