package dev.slipway.apps.resource.app;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.slipway.api.Page;
import dev.slipway.api.Patch;
import dev.slipway.api.rest.Versioned;
import dev.slipway.apps.App;
import dev.slipway.apps.AppStatus;
import dev.slipway.apps.SourceType;
import dev.slipway.apps.service.app.AppDraft;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Apps as clients see them. */
public final class AppPayloads {
  private static final int DEFAULT_PORT = 3000;

  private AppPayloads() {}

  /** A new app. */
  public record Create(
      @NotBlank @Size(max = 63) String name,
      @Size(max = 63) @Nullable String slug,
      @Nullable UUID serverId,
      @Nullable SourceType sourceType,
      @Nullable UUID repositoryId,
      @Size(max = 2048) @Nullable String repositoryUrl,
      @Size(min = 1, max = 200) @Nullable String branch,
      @Size(max = 512) @Nullable String rootDirectory,
      @Size(max = 512) @Nullable String dockerfilePath,
      @Size(max = 512) @Nullable String image,
      @Size(max = 63) @Nullable String framework,
      @Size(max = 4096) @Nullable String installCommand,
      @Size(max = 4096) @Nullable String buildCommand,
      @Size(max = 4096) @Nullable String startCommand,
      @Min(1) @Max(65535) @Nullable Integer port,
      @Size(min = 1, max = 1024) @Nullable String healthCheckPath,
      @Min(1) @Max(20) @Nullable Integer replicas,
      @Nullable UUID projectId) {

    public AppDraft toDraft() {
      return new AppDraft(
          name,
          projectId,
          Objects.requireNonNullElse(sourceType, SourceType.GITHUB),
          repositoryId,
          repositoryUrl,
          Objects.requireNonNullElse(branch, "main"),
          rootDirectory,
          dockerfilePath,
          image,
          framework,
          installCommand,
          buildCommand,
          startCommand,
          Objects.requireNonNullElse(port, DEFAULT_PORT),
          Objects.requireNonNullElse(healthCheckPath, "/"),
          Objects.requireNonNullElse(replicas, 1));
    }
  }

  /** A new app of the project that the path names. */
  public record CreateInProject(
      @NotBlank @Size(max = 63) String name,
      @Size(max = 63) @Nullable String slug,
      @Nullable UUID serverId,
      @Nullable SourceType sourceType,
      @Nullable UUID repositoryId,
      @Size(max = 2048) @Nullable String repositoryUrl,
      @Size(min = 1, max = 200) @Nullable String branch,
      @Size(max = 512) @Nullable String rootDirectory,
      @Size(max = 512) @Nullable String dockerfilePath,
      @Size(max = 512) @Nullable String image,
      @Size(max = 63) @Nullable String framework,
      @Size(max = 4096) @Nullable String installCommand,
      @Size(max = 4096) @Nullable String buildCommand,
      @Size(max = 4096) @Nullable String startCommand,
      @Min(1) @Max(65535) @Nullable Integer port,
      @Size(min = 1, max = 1024) @Nullable String healthCheckPath,
      @Min(1) @Max(20) @Nullable Integer replicas) {

    public Create in(UUID projectId) {
      return new Create(
          name,
          slug,
          serverId,
          sourceType,
          repositoryId,
          repositoryUrl,
          branch,
          rootDirectory,
          dockerfilePath,
          image,
          framework,
          installCommand,
          buildCommand,
          startCommand,
          port,
          healthCheckPath,
          replicas,
          projectId);
    }
  }

  /** An edit: all but what an app keeps for life. */
  public record Change(
      Patch<@Size(max = 63) String> name,
      Patch<SourceType> sourceType,
      Patch<UUID> repositoryId,
      Patch<@Size(max = 2048) String> repositoryUrl,
      Patch<@Size(min = 1, max = 200) String> branch,
      Patch<@Size(max = 512) String> rootDirectory,
      Patch<@Size(max = 512) String> dockerfilePath,
      Patch<@Size(max = 512) String> image,
      Patch<@Size(max = 63) String> framework,
      Patch<@Size(max = 4096) String> installCommand,
      Patch<@Size(max = 4096) String> buildCommand,
      Patch<@Size(max = 4096) String> startCommand,
      Patch<@Min(1) @Max(65535) Integer> port,
      Patch<@Size(min = 1, max = 1024) String> healthCheckPath,
      Patch<@Min(1) @Max(20) Integer> replicas,
      Patch<UUID> projectId) {

    /** The settings as they are after the edit. */
    public AppDraft over(AppDraft current) {
      return new AppDraft(
          name.orKeep("name", current.name()),
          projectId.or(current.projectId()),
          sourceType.orKeep("source_type", current.sourceType()),
          repositoryId.or(current.repositoryId()),
          repositoryUrl.or(current.repositoryUrl()),
          branch.orKeep("branch", current.branch()),
          rootDirectory.or(current.rootDirectory()),
          dockerfilePath.or(current.dockerfilePath()),
          image.or(current.image()),
          framework.or(current.framework()),
          installCommand.or(current.installCommand()),
          buildCommand.or(current.buildCommand()),
          startCommand.or(current.startCommand()),
          port.orKeep("port", current.port()),
          healthCheckPath.orKeep("health_check_path", current.healthCheckPath()),
          replicas.orKeep("replicas", current.replicas()));
    }
  }

  /** An app. */
  public record View(
      UUID id,
      UUID tenantId,
      String name,
      String slug,
      @Nullable UUID projectId,
      @Nullable UUID serverId,
      SourceType sourceType,
      @Nullable UUID repositoryId,
      @Nullable String repositoryUrl,
      String branch,
      @Nullable String image,
      @Nullable String framework,
      @Nullable String rootDirectory,
      @Nullable String dockerfilePath,
      @Nullable String installCommand,
      @Nullable String buildCommand,
      @Nullable String startCommand,
      int port,
      String healthCheckPath,
      int replicas,
      AppStatus status,
      @Nullable UUID currentDeploymentId,
      @Nullable String primaryDomain,
      Instant createdAt,
      Instant updatedAt) {

    public static View of(App app) {
      return new View(
          app.id(),
          app.tenantId(),
          app.name(),
          app.slug(),
          app.projectId(),
          app.serverId(),
          app.sourceType(),
          app.repositoryId(),
          app.repositoryUrl(),
          app.branch(),
          app.image(),
          app.framework(),
          app.rootDirectory(),
          app.dockerfilePath(),
          app.installCommand(),
          app.buildCommand(),
          app.startCommand(),
          app.port(),
          app.healthCheckPath(),
          app.replicas(),
          app.status(),
          app.currentDeploymentId(),
          app.primaryDomain(),
          app.createdAt(),
          app.updatedAt());
    }
  }

  public record AppAnswer(View app, @JsonIgnore long etag) implements Versioned {
    public static AppAnswer of(App app) {
      return new AppAnswer(View.of(app), app.version());
    }
  }

  public record AppsAnswer(List<View> apps, long total) {
    public static AppsAnswer of(Page<App> page) {
      return new AppsAnswer(page.map(View::of).items(), page.total());
    }
  }

  /**
   * Work that has begun.
   *
   * @param operationId the operation to follow
   */
  public record Started(UUID operationId) {}
}
