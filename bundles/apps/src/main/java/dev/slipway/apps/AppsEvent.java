package dev.slipway.apps;

import dev.slipway.api.event.DomainEvent;
import java.time.Instant;
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
  record AppDeletionRequested(
      UUID tenantId, UUID appId, UUID operationId, VolumeFate volumes, @Nullable UUID deletedBy)
      implements OfApp {
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

  /** Many variables of an app were added or edited in one call. */
  record EnvVarsSet(UUID tenantId, UUID appId, int created, int updated) implements OfApp {
    @Override
    public String type() {
      return "apps.env_var.bulk_set";
    }
  }

  /** Somebody was shown a variable of an app in clear. */
  record EnvVarRevealed(UUID tenantId, UUID appId, UUID envVarId, String key, @Nullable UUID userId)
      implements OfApp {
    @Override
    public String type() {
      return "apps.env_var.revealed";
    }
  }

  /** A new environment. */
  record EnvironmentCreated(
      UUID tenantId,
      UUID appId,
      UUID environmentId,
      String name,
      String slug,
      Stage stage,
      @Nullable UUID serverId)
      implements OfApp {
    @Override
    public String type() {
      return "apps.environment.created";
    }
  }

  /** Its settings were edited, or it was placed on a server. */
  record EnvironmentUpdated(
      UUID tenantId,
      UUID appId,
      UUID environmentId,
      String name,
      Stage stage,
      @Nullable String hostname,
      @Nullable UUID serverId)
      implements OfApp {
    @Override
    public String type() {
      return "apps.environment.updated";
    }
  }

  /** It stands elsewhere. */
  record EnvironmentStatusChanged(
      UUID tenantId,
      UUID appId,
      UUID environmentId,
      EnvironmentStatus before,
      EnvironmentStatus status,
      @Nullable UUID currentDeploymentId)
      implements OfApp {
    @Override
    public String type() {
      return "apps.environment.status_changed";
    }
  }

  /** It is gone; whoever keeps something running for it takes that down. */
  record EnvironmentDeleted(
      UUID tenantId,
      UUID appId,
      UUID environmentId,
      String name,
      String slug,
      @Nullable UUID serverId,
      @Nullable String hostname,
      @Nullable UUID currentDeploymentId,
      VolumeFate volumes,
      @Nullable UUID deletedBy)
      implements OfApp {
    @Override
    public String type() {
      return "apps.environment.deleted";
    }
  }

  /** Overrides of an environment were added or edited. */
  record EnvironmentVariablesSet(
      UUID tenantId, UUID appId, UUID environmentId, int created, int updated) implements OfApp {
    @Override
    public String type() {
      return "apps.environment_variable.set";
    }
  }

  /** An override of an environment was dropped, so that the inherited value applies. */
  record EnvironmentVariableRemoved(UUID tenantId, UUID appId, UUID environmentId, String key)
      implements OfApp {
    @Override
    public String type() {
      return "apps.environment_variable.removed";
    }
  }

  /** A variable of a project was added or edited. */
  record ProjectEnvVarSet(
      UUID tenantId,
      UUID projectId,
      UUID envVarId,
      String key,
      boolean isSecret,
      List<String> stageBindings)
      implements OfProject {
    @Override
    public String type() {
      return "apps.project_env_var.set";
    }
  }

  /** A variable of a project was dropped. */
  record ProjectEnvVarRemoved(UUID tenantId, UUID projectId, UUID envVarId, String key)
      implements OfProject {
    @Override
    public String type() {
      return "apps.project_env_var.removed";
    }
  }

  /** Somebody was shown a variable of a project in clear. */
  record ProjectEnvVarRevealed(
      UUID tenantId, UUID projectId, UUID envVarId, String key, @Nullable UUID userId)
      implements OfProject {
    @Override
    public String type() {
      return "apps.project_env_var.revealed";
    }
  }

  /**
   * A secret has a new value, and an app that has the old one is told; which deployments have it,
   * its leases say.
   *
   * @param scope the layer of the variable
   * @param scopeId the project, app or environment that it belongs to
   * @param redeploy whether what runs with the old value is deployed again
   */
  record EnvVarRotated(
      UUID tenantId,
      UUID appId,
      UUID envVarId,
      String scope,
      UUID scopeId,
      String key,
      int version,
      boolean redeploy)
      implements OfApp {
    @Override
    public String type() {
      return "apps.env_var.rotated";
    }
  }

  /** Said of a variable of any layer. */
  sealed interface OfVariable extends AppsEvent {
    UUID envVarId();

    @Override
    default UUID subjectId() {
      return envVarId();
    }
  }

  /** When a secret needs a new value was set. */
  record RotationSet(
      UUID tenantId,
      UUID envVarId,
      String key,
      @Nullable Integer intervalDays,
      @Nullable Instant dueAt,
      boolean redeploy)
      implements OfVariable {
    @Override
    public String type() {
      return "apps.rotation.set";
    }
  }

  /** A secret has no end any more. */
  record RotationRemoved(UUID tenantId, UUID envVarId, String key) implements OfVariable {
    @Override
    public String type() {
      return "apps.rotation.removed";
    }
  }

  /** Somebody must give a secret a new value by then. */
  record RotationDue(
      UUID tenantId, UUID envVarId, String scope, UUID scopeId, String key, Instant dueAt)
      implements OfVariable {
    @Override
    public String type() {
      return "apps.rotation.due";
    }
  }

  /** A value must not be given to any deployment any more. */
  record LeaseRevoked(
      UUID tenantId, UUID envVarId, String key, int version, UUID appId, UUID deploymentId)
      implements OfVariable {
    @Override
    public String type() {
      return "apps.secret_lease.revoked";
    }
  }

  /** Said of a template of variables. */
  sealed interface OfTemplate extends AppsEvent {
    UUID templateId();

    @Override
    default UUID subjectId() {
      return templateId();
    }
  }

  /** A new template of variables. */
  record SecretTemplateCreated(UUID tenantId, UUID templateId, String name) implements OfTemplate {
    @Override
    public String type() {
      return "apps.secret_template.created";
    }
  }

  /** It is gone; variables that were made of it stay. */
  record SecretTemplateDeleted(UUID tenantId, UUID templateId, String name) implements OfTemplate {
    @Override
    public String type() {
      return "apps.secret_template.deleted";
    }
  }

  /** A new volume; the next deployment has it. */
  record VolumeCreated(UUID tenantId, UUID appId, UUID volumeId, String name, String mountPath)
      implements OfApp {
    @Override
    public String type() {
      return "apps.volume.created";
    }
  }

  /** The next deployment does not have it any more. */
  record VolumeDeleted(
      UUID tenantId,
      UUID appId,
      UUID volumeId,
      String name,
      VolumeFate data,
      @Nullable UUID deletedBy)
      implements OfApp {
    @Override
    public String type() {
      return "apps.volume.deleted";
    }
  }

  /** A process was added, or runs otherwise from the next deployment on. */
  record ProcessSet(UUID tenantId, UUID appId, String name, int replicas) implements OfApp {
    @Override
    public String type() {
      return "apps.process.set";
    }
  }

  /** The next deployment does not run it any more. */
  record ProcessRemoved(UUID tenantId, UUID appId, String name) implements OfApp {
    @Override
    public String type() {
      return "apps.process.removed";
    }
  }

  /** Said of credentials of a registry; the password is in none of it. */
  sealed interface OfCredential extends AppsEvent {
    UUID credentialId();

    @Override
    default UUID subjectId() {
      return credentialId();
    }
  }

  /** New credentials of a registry. */
  record RegistryCredentialCreated(UUID tenantId, UUID credentialId, String host, String username)
      implements OfCredential {
    @Override
    public String type() {
      return "apps.registry_credential.created";
    }
  }

  /** Their user or password was replaced. */
  record RegistryCredentialUpdated(UUID tenantId, UUID credentialId, String host, String username)
      implements OfCredential {
    @Override
    public String type() {
      return "apps.registry_credential.updated";
    }
  }

  /** They are forgotten. */
  record RegistryCredentialDeleted(UUID tenantId, UUID credentialId, String host)
      implements OfCredential {
    @Override
    public String type() {
      return "apps.registry_credential.deleted";
    }
  }

  /** A server got them in clear, to fetch the images of a deployment. */
  record RegistryCredentialHandedOver(
      UUID tenantId, UUID credentialId, String host, UUID appId, UUID deploymentId)
      implements OfCredential {
    @Override
    public String type() {
      return "apps.registry_credential.handed_over";
    }
  }

  /** What an app may use was set; it holds from the next deployment on. */
  record ResourceLimitsSet(
      UUID tenantId,
      UUID appId,
      @Nullable Double cpuCores,
      @Nullable Integer memoryMb,
      @Nullable Integer memoryReservationMb,
      @Nullable Integer pidsLimit)
      implements OfApp {
    @Override
    public String type() {
      return "apps.resource_limits.set";
    }
  }

  /** The next build of an app uses no cached layers. */
  record BuildCacheDropped(UUID tenantId, UUID appId) implements OfApp {
    @Override
    public String type() {
      return "apps.build_cache.dropped";
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
