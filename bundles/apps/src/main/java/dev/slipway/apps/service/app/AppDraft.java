package dev.slipway.apps.service.app;

import dev.slipway.api.Ids;
import dev.slipway.apps.App;
import dev.slipway.apps.AppStatus;
import dev.slipway.apps.SourceType;
import dev.slipway.apps.service.Faults;
import dev.slipway.apps.service.Text;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** All of an app that its users may edit. Blank text counts as none. */
public record AppDraft(
    String name,
    @Nullable UUID projectId,
    SourceType sourceType,
    @Nullable UUID repositoryId,
    @Nullable String repositoryUrl,
    String branch,
    @Nullable String rootDirectory,
    @Nullable String dockerfilePath,
    @Nullable String image,
    @Nullable String framework,
    @Nullable String installCommand,
    @Nullable String buildCommand,
    @Nullable String startCommand,
    int port,
    String healthCheckPath,
    int replicas) {

  private static final int MAX_NAME = 63;
  private static final int MAX_COMMAND = 4096;
  private static final int MAX_PORT = 65_535;
  private static final int MAX_REPLICAS = 20;
  private static final Pattern FRAMEWORK = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ._+-]{0,62}");

  public AppDraft {
    name = name.strip();
    repositoryUrl = Text.orNull(repositoryUrl);
    rootDirectory = Text.orNull(rootDirectory);
    dockerfilePath = Text.orNull(dockerfilePath);
    image = Text.orNull(image);
    framework = Text.orNull(framework);
    installCommand = Text.orNull(installCommand);
    buildCommand = Text.orNull(buildCommand);
    startCommand = Text.orNull(startCommand);
  }

  /** What an app has now. */
  static AppDraft of(App app) {
    return new AppDraft(
        app.name(),
        app.projectId(),
        app.sourceType(),
        app.repositoryId(),
        app.repositoryUrl(),
        app.branch(),
        app.rootDirectory(),
        app.dockerfilePath(),
        app.image(),
        app.framework(),
        app.installCommand(),
        app.buildCommand(),
        app.startCommand(),
        app.port(),
        app.healthCheckPath(),
        app.replicas());
  }

  /** The same settings in another project. */
  public AppDraft inProject(UUID otherProjectId) {
    return new AppDraft(
        name,
        otherProjectId,
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
        replicas);
  }

  /** The app with these settings. */
  App onto(App app, Instant now) {
    return new App(
        app.id(),
        app.version(),
        app.tenantId(),
        name,
        app.slug(),
        projectId,
        app.serverId(),
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
        app.status(),
        app.currentDeploymentId(),
        app.primaryDomain(),
        app.deployAsked(),
        app.deletionId(),
        app.createdAt(),
        now);
  }

  /** A new app with these settings. */
  App newApp(UUID tenantId, String slug, @Nullable UUID serverId, Instant now) {
    return new App(
        Ids.next(),
        1,
        tenantId,
        name,
        slug,
        projectId,
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
        AppStatus.CREATED,
        null,
        null,
        false,
        null,
        now,
        now);
  }

  /** Notes what is wrong with it. */
  Faults checkedBy(Faults faults) {
    checkSource(faults);
    checkCommands(faults);
    return faults
        .add("name", Text.name(name, MAX_NAME))
        .add("branch", BranchRule.fault(branch))
        .add("root_directory", rootDirectory == null ? null : PathRule.inRepository(rootDirectory))
        .add("dockerfile_path", dockerfilePath == null ? null : dockerfileFault(dockerfilePath))
        .add("port", port < 1 || port > MAX_PORT ? "must be between 1 and " + MAX_PORT : null)
        .add("health_check_path", PathRule.ofUrl(healthCheckPath))
        .add(
            "replicas",
            replicas < 1 || replicas > MAX_REPLICAS
                ? "must be between 1 and " + MAX_REPLICAS
                : null);
  }

  private void checkSource(Faults faults) {
    if (repositoryUrl != null) {
      faults.add("repository_url", RepositoryUrlRule.fault(repositoryUrl));
    }
    if (image != null) {
      faults.add("image", ImageRule.fault(image));
    }
    switch (sourceType) {
      case IMAGE -> faults.add("image", image == null ? "is required for an image" : null);
      case GITHUB ->
          faults.add(
              "repository_url",
              repositoryId == null && repositoryUrl == null
                  ? "or repository_id is required for a repository on GitHub"
                  : null);
      // Without a URL the source is what is uploaded.
      case GIT -> {}
      case COMPOSE ->
          faults.add("replicas", replicas == 1 ? null : "must be 1: a Compose file runs once");
    }
  }

  private void checkCommands(Faults faults) {
    if (framework != null && !FRAMEWORK.matcher(framework).matches()) {
      faults.add("framework", "must be a short name");
    }
    checkCommand(faults, "install_command", installCommand);
    checkCommand(faults, "build_command", buildCommand);
    checkCommand(faults, "start_command", startCommand);
  }

  private static void checkCommand(Faults faults, String field, @Nullable String command) {
    if (command != null) {
      faults.add(field, Text.block(command, MAX_COMMAND));
    }
  }

  private static @Nullable String dockerfileFault(String path) {
    return path.endsWith("/") ? "must be a file" : PathRule.inRepository(path);
  }
}
