package dev.slipway.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.slipway.cli.api.ApiClient;
import dev.slipway.cli.api.App;
import dev.slipway.cli.api.Deployment;
import dev.slipway.cli.api.Servers;
import dev.slipway.cli.deploy.AppFile;
import dev.slipway.cli.deploy.AppNames;
import dev.slipway.cli.deploy.AppSettings;
import dev.slipway.cli.deploy.FolderPacker;
import dev.slipway.cli.output.CliException;
import dev.slipway.cli.output.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code slipway deploy}. */
@Command(
    name = "deploy",
    description = {
      "Uploads a folder as an app's next version and deploys it; creates the app if need be.",
      "What .gitignore names and .git stay behind. A slipway.json in the folder sets name, port,"
          + " install_command, build_command, start_command, health_check_path and env.",
      "With a deploy token (--token or SLIPWAY_TOKEN) it deploys the app of the token, whose settings"
          + " stay as they are.",
      "With -o json the last line is {\"app\":slug,\"deployment\":id,\"status\":…,\"url\":…}."
    })
final class DeployCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Parameters(paramLabel = "DIR", description = "the folder")
  Path folder = Path.of(".");

  @Option(
      names = "--app",
      paramLabel = "NAME",
      description = "slug, name or id (default: from slipway.json, else the folder's name)")
  @Nullable String name;

  @Option(
      names = {"-m", "--message"},
      paramLabel = "MESSAGE",
      description = "what this version is about")
  @Nullable String message;

  @Option(names = "--server", paramLabel = "SERVER", description = "name or id")
  @Nullable String server;

  @Option(
      names = "--environment",
      paramLabel = "ENVIRONMENT",
      description = "slug, name or id (default: production)")
  @Nullable String environment;

  @Option(names = "--env", paramLabel = "KEY=VALUE", description = "a variable; may be repeated")
  List<String> env = List.of();

  @Mixin AppFieldOptions settings = new AppFieldOptions();
  @Mixin WaitOptions wait = new WaitOptions();

  DeployCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    if (!Files.isDirectory(folder)) {
      throw CliException.usage(folder + " is not a folder");
    }
    var wanted = AppFile.read(folder).overriddenBy(settings.fields(), EnvCommand.parse(env));
    var reference = name != null ? name : wanted.name();
    var serverId =
        server == null
            ? null
            : new Servers(invocation.client()).require(server).path("id").asText();
    var archive = temporaryFile();
    try {
      pack(archive);
      var app =
          invocation
              .client()
              .session()
              .onlyApp()
              .map(id -> bound(id, wanted))
              .orElseGet(
                  () ->
                      new AppSettings(invocation.apps(), invocation.output())
                          .apply(
                              reference != null ? reference : AppNames.of(folder),
                              wanted,
                              serverId));
      var deployment = start(app, upload(app, archive), serverId);
      return new DeploymentEnd(invocation).report(app, deployment, wait);
    } finally {
      delete(archive);
    }
  }

  /** The app of a deploy token, which can neither look it up nor change it. */
  private App bound(String id, AppFile wanted) {
    if (name != null && ApiClient.isId(name) && !name.equalsIgnoreCase(id)) {
      throw CliException.usage("the deploy token is for the app " + id + ", not for " + name);
    }
    if (!wanted.fields().isEmpty() || !wanted.env().isEmpty()) {
      invocation.output().note("settings and variables stay: a deploy token can not change them");
    }
    return App.known(id);
  }

  private void pack(Path archive) {
    try {
      var packed = FolderPacker.pack(folder, archive);
      packed.leftOut().forEach(path -> invocation.output().warn("left out: " + path));
      if (packed.files() == 0) {
        throw CliException.failed(folder + " holds nothing to deploy");
      }
      invocation
          .output()
          .note(
              "packed %d file%s, %s, into %s"
                  .formatted(
                      packed.files(),
                      packed.files() == 1 ? "" : "s",
                      size(packed.size()),
                      size(Files.size(archive))));
    } catch (IOException e) {
      throw new CliException(ExitCode.FAILED, "cannot pack " + folder + ": " + e, e);
    }
  }

  private String upload(App app, Path archive) {
    var uploaded = invocation.deployments().upload(app, archive, message);
    var commit = uploaded.path("commit_sha").asText("");
    if (commit.isEmpty()) {
      throw CliException.failed("the platform has not named the commit of the upload");
    }
    invocation.output().note("uploaded as commit " + commit);
    return commit;
  }

  private Deployment start(App app, String commit, @Nullable String serverId) {
    var body = JsonNodeFactory.instance.objectNode().put("commit_sha", commit);
    AppFieldOptions.put(body, "message", message);
    AppFieldOptions.put(body, "server_id", serverId);
    AppFieldOptions.put(body, "environment_id", environmentId(app));
    return invocation.deployments().start(app, body);
  }

  /** Who can not look an environment up, as with a deploy token, knows its id. */
  private @Nullable String environmentId(App app) {
    return environment == null || ApiClient.isId(environment)
        ? environment
        : invocation.environments().require(app, environment).path("id").asText();
  }

  private static Path temporaryFile() {
    try {
      return Files.createTempFile("slipway-", ".tar.gz");
    } catch (IOException e) {
      throw new CliException(ExitCode.FAILED, "cannot make a temporary file: " + e, e);
    }
  }

  private void delete(Path archive) {
    try {
      Files.deleteIfExists(archive);
    } catch (IOException e) {
      invocation.output().warn("cannot remove " + archive);
    }
  }

  private static String size(long bytes) {
    if (bytes < 1024) {
      return bytes + " B";
    }
    var kilo = bytes / 1024.0;
    return kilo < 1024
        ? String.format(Locale.ROOT, "%.1f KiB", kilo)
        : String.format(Locale.ROOT, "%.1f MiB", kilo / 1024);
  }
}
