package dev.slipway.apps;

import dev.slipway.api.ErrorCode;
import dev.slipway.api.ErrorKind;

/** Every refusal of the feature. */
public enum AppsError implements ErrorCode {
  PROJECT_NOT_FOUND("apps.project.not-found", ErrorKind.MISSING, "There is no such project."),
  PROJECT_SLUG_TAKEN(
      "apps.project.slug-taken", ErrorKind.CONFLICT, "A project with this slug exists already."),
  APP_NOT_FOUND("apps.app.not-found", ErrorKind.MISSING, "There is no such app."),
  APP_SLUG_TAKEN(
      "apps.app.slug-taken", ErrorKind.CONFLICT, "An app with this slug exists already."),
  APP_DELETING("apps.app.deleting", ErrorKind.CONFLICT, "The app is being deleted."),
  FILE_DRIFTED(
      "apps.file.drifted",
      ErrorKind.CONFLICT,
      "The app has changed since the file was planned; plan again."),
  SERVER_NOT_FOUND("apps.app.server-not-found", ErrorKind.MISSING, "There is no such server."),
  ENV_VAR_NOT_FOUND("apps.env-var.not-found", ErrorKind.MISSING, "There is no such variable."),
  KEY_EXISTS("apps.env-var.key-exists", ErrorKind.CONFLICT, "The variable {0} exists already."),
  TOO_MANY_VARIABLES(
      "apps.env-var.too-many", ErrorKind.UNPROCESSABLE, "There can be at most {0} variables."),
  VARIABLES_TOO_LARGE(
      "apps.env-var.too-large",
      ErrorKind.UNPROCESSABLE,
      "All variables together can have at most {0} bytes."),
  VERSION_NOT_FOUND(
      "apps.env-var.version-not-found", ErrorKind.MISSING, "There is no such version."),
  SECRET_REVOKED(
      "apps.env-var.revoked",
      ErrorKind.CONFLICT,
      "The value of {0} was revoked; give it a new one first."),
  ROTATION_NOT_FOUND(
      "apps.env-var.no-rotation", ErrorKind.MISSING, "The variable has no rule for its rotation."),
  LEASE_NOT_FOUND("apps.env-var.lease-not-found", ErrorKind.MISSING, "There is no such lease."),
  NO_SECRET("apps.env-var.no-secret", ErrorKind.CONFLICT, "The variable is no secret."),
  ENVIRONMENT_NOT_FOUND(
      "apps.environment.not-found", ErrorKind.MISSING, "There is no such environment."),
  ENVIRONMENT_NAME_TAKEN(
      "apps.environment.name-taken",
      ErrorKind.CONFLICT,
      "The app has an environment with this name already."),
  ENVIRONMENT_SLUG_TAKEN(
      "apps.environment.slug-taken",
      ErrorKind.CONFLICT,
      "The app has an environment with this slug already."),
  ENVIRONMENT_PROTECTED(
      "apps.environment.protected",
      ErrorKind.CONFLICT,
      "The environment is protected; take its protection away first."),
  ENVIRONMENT_BUSY(
      "apps.environment.busy", ErrorKind.CONFLICT, "A deployment to the environment is under way."),
  HOSTNAME_IN_USE(
      "apps.environment.hostname-in-use",
      ErrorKind.CONFLICT,
      "The host name leads somewhere else already."),
  TOO_MANY_ENVIRONMENTS(
      "apps.environment.too-many",
      ErrorKind.UNPROCESSABLE,
      "An app can have at most {0} environments."),
  TEMPLATE_NOT_FOUND(
      "apps.secret-template.not-found", ErrorKind.MISSING, "There is no such template."),
  TEMPLATE_NAME_TAKEN(
      "apps.secret-template.name-taken",
      ErrorKind.CONFLICT,
      "A template with this name exists already."),
  TOO_MANY_TEMPLATES(
      "apps.secret-template.too-many",
      ErrorKind.UNPROCESSABLE,
      "There can be at most {0} templates."),
  VOLUME_NOT_FOUND("apps.volume.not-found", ErrorKind.MISSING, "The app has no such volume."),
  VOLUME_NAME_TAKEN(
      "apps.volume.name-taken", ErrorKind.CONFLICT, "The app has a volume with this name already."),
  MOUNT_PATH_TAKEN(
      "apps.volume.path-taken",
      ErrorKind.CONFLICT,
      "The volume {0} is there, above or below it already."),
  TOO_MANY_VOLUMES(
      "apps.volume.too-many", ErrorKind.UNPROCESSABLE, "An app can have at most {0} volumes."),
  PROCESS_NOT_FOUND("apps.process.not-found", ErrorKind.MISSING, "The app has no such process."),
  TOO_MANY_PROCESSES(
      "apps.process.too-many", ErrorKind.UNPROCESSABLE, "An app can have at most {0} processes."),
  PROCESSES_OF_COMPOSE(
      "apps.process.compose",
      ErrorKind.UNPROCESSABLE,
      "A Compose file says what runs: write a service there instead of a process."),
  RELEASE_HOOK_NOT_FOUND(
      "apps.release-hook.not-found", ErrorKind.MISSING, "The app has no release hook."),
  RELEASE_HOOK_OF_COMPOSE(
      "apps.release-hook.compose",
      ErrorKind.UNPROCESSABLE,
      "An app of a Compose file can have no release hook; a service of the file can run it."),
  CREDENTIAL_NOT_FOUND(
      "apps.registry-credential.not-found",
      ErrorKind.MISSING,
      "There are no such credentials of a registry."),
  CREDENTIAL_TAKEN(
      "apps.registry-credential.host-taken",
      ErrorKind.CONFLICT,
      "The tenant has credentials of this registry already."),
  TOO_MANY_CREDENTIALS(
      "apps.registry-credential.too-many",
      ErrorKind.UNPROCESSABLE,
      "A tenant can have credentials of at most {0} registries."),
  SERVICE_NOT_FOUND(
      "apps.project.service-not-found", ErrorKind.MISSING, "There is no such service.");

  private final String code;
  private final ErrorKind kind;
  private final String message;

  AppsError(String code, ErrorKind kind, String message) {
    this.code = code;
    this.kind = kind;
    this.message = message;
  }

  @Override
  public String code() {
    return code;
  }

  @Override
  public ErrorKind kind() {
    return kind;
  }

  @Override
  public String message() {
    return message;
  }
}
