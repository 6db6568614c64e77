package dev.slipway.apps.resource.environment;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.slipway.api.Patch;
import dev.slipway.api.rest.Versioned;
import dev.slipway.apps.Environment;
import dev.slipway.apps.EnvironmentStatus;
import dev.slipway.apps.Stage;
import dev.slipway.apps.service.environment.EnvironmentDraft;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Environments as clients see them. */
public final class EnvironmentPayloads {
  private EnvironmentPayloads() {}

  /** A new environment. */
  public record Create(
      @NotBlank @Size(max = 40) String name,
      @Size(max = 63) @Nullable String slug,
      @Nullable Stage stage,
      @Size(max = 200) @Nullable String branch,
      @Nullable UUID serverId,
      @Nullable Boolean autoDeploy,
      @Nullable UUID promotesFromId,
      @Nullable Boolean isProtected) {

    public EnvironmentDraft toDraft() {
      return new EnvironmentDraft(
          name,
          Objects.requireNonNullElse(stage, Stage.DEVELOPMENT),
          branch,
          serverId,
          Boolean.TRUE.equals(autoDeploy),
          promotesFromId,
          Boolean.TRUE.equals(isProtected));
    }
  }

  /** An edit; the slug stays. */
  public record Change(
      Patch<@Size(max = 40) String> name,
      Patch<Stage> stage,
      Patch<@Size(max = 200) String> branch,
      Patch<UUID> serverId,
      Patch<Boolean> autoDeploy,
      Patch<UUID> promotesFromId,
      Patch<Boolean> isProtected) {

    EnvironmentDraft over(EnvironmentDraft current) {
      return new EnvironmentDraft(
          name.orKeep("name", current.name()),
          stage.orKeep("stage", current.stage()),
          branch.or(current.branch()),
          serverId.or(current.serverId()),
          autoDeploy.orKeep("auto_deploy", current.autoDeploy()),
          promotesFromId.or(current.promotesFromId()),
          isProtected.orKeep("is_protected", current.isProtected()));
    }
  }

  public record SetHostname(@NotBlank @Size(max = 300) String hostname) {}

  /** An environment. */
  public record View(
      UUID id,
      UUID tenantId,
      UUID appId,
      String name,
      String slug,
      Stage stage,
      @Nullable String branch,
      @Nullable UUID serverId,
      @Nullable String hostname,
      boolean autoDeploy,
      boolean isProtected,
      @Nullable UUID promotesFromId,
      @Nullable UUID currentDeploymentId,
      EnvironmentStatus status,
      Instant createdAt,
      Instant updatedAt) {

    static View of(Environment environment) {
      return new View(
          environment.id(),
          environment.tenantId(),
          environment.appId(),
          environment.name(),
          environment.slug(),
          environment.stage(),
          environment.branch(),
          environment.serverId(),
          environment.hostname(),
          environment.autoDeploy(),
          environment.isProtected(),
          environment.promotesFromId(),
          environment.currentDeploymentId(),
          environment.status(),
          environment.createdAt(),
          environment.updatedAt());
    }
  }

  public record EnvironmentAnswer(View environment, @JsonIgnore long etag) implements Versioned {
    static EnvironmentAnswer of(Environment environment) {
      return new EnvironmentAnswer(View.of(environment), environment.version());
    }
  }

  public record EnvironmentsAnswer(List<View> environments) {
    static EnvironmentsAnswer of(List<Environment> environments) {
      return new EnvironmentsAnswer(environments.stream().map(View::of).toList());
    }
  }

  /**
   * The way of a host name to an environment. It is pending until a deployment brings the route up;
   * whoever owns the name sets its DNS record by hand.
   */
  public record DomainView(
      UUID id,
      UUID tenantId,
      String hostname,
      String targetType,
      UUID targetId,
      UUID appId,
      UUID environmentId,
      @Nullable UUID serverId,
      String status,
      String dnsMode,
      String dnsStatus,
      String routeStatus,
      String sslStatus,
      String sslMode,
      boolean wildcardEnabled,
      boolean analyticsEnabled,
      boolean isPrimary,
      Instant createdAt,
      Instant updatedAt) {

    static DomainView of(Environment environment) {
      var at = Objects.requireNonNull(environment.hostnameAt());
      return new DomainView(
          Objects.requireNonNull(environment.domainId()),
          environment.tenantId(),
          Objects.requireNonNull(environment.hostname()),
          "environment",
          environment.id(),
          environment.appId(),
          environment.id(),
          environment.serverId(),
          "pending",
          "manual",
          "pending",
          "pending",
          "none",
          "none",
          false,
          false,
          true,
          at,
          at);
    }
  }

  public record HostnameAnswer(View environment, DomainView domain, @JsonIgnore long etag)
      implements Versioned {
    static HostnameAnswer of(Environment environment) {
      return new HostnameAnswer(
          View.of(environment), DomainView.of(environment), environment.version());
    }
  }
}
