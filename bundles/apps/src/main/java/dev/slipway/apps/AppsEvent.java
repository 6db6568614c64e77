package dev.slipway.apps;

import dev.slipway.api.event.DomainEvent;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What happens to projects, apps and variables. A variable's value is in none of them. */
public sealed interface AppsEvent extends DomainEvent {
  @Override
  UUID tenantId();

  /** Said of an app; what is said of one app comes in order. */
  sealed interface OfApp extends AppsEvent {
    UUID appId();

    @Override
    default UUID subjectId() {
      return appId();
    }
  }

  /** Said of a project; what is said of one project comes in order. */
  sealed interface OfProject extends AppsEvent {
    UUID projectId();

    @Override
    default UUID subjectId() {
      return projectId();
    }
  }

  /** A new app. */
  record AppCreated(
      UUID tenantId,
      UUID appId,
      String name,
      String slug,
      @Nullable UUID projectId,
      @Nullable UUID serverId,
      SourceType sourceType)
      implements OfApp {
    @Override
    public String type() {
      return "apps.app.created";
    }
  }

  /** Its settings were edited, or it was placed on a server. */
  record AppUpdated(
      UUID tenantId,
      UUID appId,
      String name,
      String slug,
      @Nullable UUID projectId,
      @Nullable UUID serverId)
      implements OfApp {
    @Override
    public String type() {
      return "apps.app.updated";
    }
  }

  /** It stands elsewhere. */
  record AppStatusChanged(
      UUID tenantId,
      UUID appId,
      AppStatus before,
      AppStatus status,
      @Nullable UUID currentDeploymentId,
      @Nullable String primaryDomain)
      implements OfApp {
    @Override
    public String type() {
      return "apps.app.status_changed";
    }
  }

  /**
   * It has to be taken down; whoever does that reports to the operation and calls {@link
   * Apps#deleted}.
   */
  record AppDeletionRequested(UUID tenantId, UUID appId, UUID operationId) implements OfApp {
    @Override
    public String type() {
      return "apps.app.deletion_requested";
    }
  }

  /** It is gone. */
  record AppDeleted(UUID tenantId, UUID appId, String name, String slug, @Nullable UUID serverId)
      implements OfApp {
    @Override
    public String type() {
      return "apps.app.deleted";
    }
  }

  /** A variable of an app was added or edited. */
  record EnvVarSet(
      UUID tenantId,
      UUID appId,
      UUID envVarId,
      String key,
      boolean isSecret,
      List<String> stageBindings)
      implements OfApp {
    @Override
    public String type() {
      return "apps.env_var.set";
    }
  }

  /** A variable of an app was dropped. */
  record EnvVarRemoved(UUID tenantId, UUID appId, UUID envVarId, String key) implements OfApp {
    @Override
    public String type() {
      return "apps.env_var.removed";
    }
  }

  /** A new project. */
  record ProjectCreated(UUID tenantId, UUID projectId, String name, String slug)
      implements OfProject {
    @Override
    public String type() {
      return "apps.project.created";
    }
  }

  /** Its name, slug or description was edited. */
  record ProjectUpdated(UUID tenantId, UUID projectId, String name, String slug)
      implements OfProject {
    @Override
    public String type() {
      return "apps.project.updated";
    }
  }

  /** It is gone; the apps that were in it stay. */
  record ProjectDeleted(UUID tenantId, UUID projectId, String name, String slug, int appsUnlinked)
      implements OfProject {
    @Override
    public String type() {
      return "apps.project.deleted";
    }
  }
}
