package dev.slipway.cli.command;

import static dev.slipway.cli.command.AppFieldOptions.put;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.cli.api.Servers;
import dev.slipway.cli.output.CliException;
import dev.slipway.cli.output.Table;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code slipway app …}. */
@Command(name = "app", description = "Creates, shows and deletes apps.")
final class AppCommand {
  private final Invocation invocation;

  AppCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  enum Source {
    UPLOAD,
    GIT,
    IMAGE,
    COMPOSE
  }

  /** Where an app's versions come from. */
  static final class SourceOptions {
    @Option(
        names = "--source",
        paramLabel = "SOURCE",
        defaultValue = "upload",
        description =
            "upload (a folder, the default), git, image, or compose (a folder, or with --repository"
                + " a repository, with a Compose file)")
    Source source = Source.UPLOAD;

    @Option(names = "--image", paramLabel = "IMAGE", description = "with --source image")
    @Nullable String image;

    @Option(
        names = "--repository",
        paramLabel = "URL",
        description = "with --source git or compose")
    @Nullable String repository;

    @Option(names = "--branch", paramLabel = "BRANCH", description = "with --source git")
    @Nullable String branch;

    @Option(names = "--root-directory", paramLabel = "PATH", description = "of the app within")
    @Nullable String rootDirectory;

    @Option(
        names = "--dockerfile",
        paramLabel = "PATH",
        description = "with --source compose the Compose file")
    @Nullable String dockerfile;

    /** An uploaded folder is a git app whose repository the platform keeps itself. */
    void addTo(ObjectNode fields) {
      check(source == Source.IMAGE, image, "--image");
      if (source != Source.COMPOSE) {
        check(source == Source.GIT, repository, "--repository");
      }
      fields.put("source_type", type());
      put(fields, "image", image);
      put(fields, "repository_url", repository);
      put(fields, "branch", branch);
      put(fields, "root_directory", rootDirectory);
      put(fields, "dockerfile_path", dockerfile);
    }

    private String type() {
      return switch (source) {
        case UPLOAD, GIT -> "git";
        case IMAGE -> "image";
        case COMPOSE -> "compose";
      };
    }

    private void check(boolean wanted, @Nullable String value, String option) {
      if (wanted == (value == null)) {
        var word = source.name().toLowerCase(Locale.ROOT);
        throw CliException.usage(
            "--source " + word + (wanted ? " needs " : " does not go with ") + option);
      }
    }
  }

  @Command(name = "create", description = "Creates an app.")
  int create(
      @Parameters(paramLabel = "NAME") String name,
      @Mixin SourceOptions source,
      @Mixin AppFieldOptions settings,
      @Option(names = "--replicas", paramLabel = "N") @Nullable Integer replicas,
      @Option(names = "--server", paramLabel = "SERVER", description = "name or id")
          @Nullable String server) {
    var fields = JsonNodeFactory.instance.objectNode().put("name", name);
    source.addTo(fields);
    fields.setAll(settings.fields());
    if (replicas != null) {
      fields.put("replicas", replicas);
    }
    if (server != null) {
      fields.set("server_id", new Servers(invocation.client()).require(server).path("id"));
    }
    var app = invocation.apps().create(fields);
    invocation.output().done(app.json(), "created app " + app.slug() + " (" + app.id() + ")");
    return 0;
  }

  @Command(name = "list", description = "Shows the tenant's apps.")
  int list(@Option(names = "--limit", paramLabel = "N", defaultValue = "200") int limit) {
    var output = invocation.output();
    var apps = invocation.apps().list(limit);
    output.list(
        apps,
        "apps",
        () -> {
          var table = new Table("SLUG", "STATUS", "SOURCE", "ADDRESS", "ID");
          for (var app : apps) {
            table.row(
                Shown.text(app, "slug"),
                output.status(app.path("status").asText()),
                Shown.text(app, "source_type"),
                Shown.text(app, "primary_domain"),
                Shown.text(app, "id"));
          }
          return table;
        });
    return 0;
  }

  @Command(name = "show", description = "Shows one app.")
  int show(@Parameters(paramLabel = "APP", description = "slug, name or id") String reference) {
    var app = invocation.app(reference);
    invocation.output().show(app.json(), () -> Shown.members(app.json()));
    return 0;
  }

  @Command(
      name = "remote",
      description =
          "Makes a deploy token, and prints the address with it that git pushes the app to.")
  int remote(
      @Parameters(paramLabel = "APP", description = "slug, name or id") String reference,
      @Option(
              names = "--name",
              paramLabel = "NAME",
              defaultValue = "git push",
              description = "what the token is called (default: git push)")
          String name) {
    var app = invocation.app(reference);
    var token = invocation.apps().deployToken(app, name);
    var platform = invocation.url().toString().replaceFirst("://", "://git:" + token + "@");
    var address = platform + "/git/" + app.id() + ".git";
    var json = JsonNodeFactory.instance.objectNode().put("remote", address);
    invocation.output().done(json, address);
    return 0;
  }

  @Command(name = "delete", description = "Tears an app down and removes it.")
  int delete(
      @Parameters(paramLabel = "APP", description = "slug, name or id") String reference,
      @Option(names = "--purge-volumes", description = "delete what its volumes hold, too")
          boolean purge,
      @Option(names = "--yes", description = "do not ask") boolean yes,
      @Mixin WaitOptions wait) {
    var app = invocation.app(reference);
    var but = purge ? "" : " but what its volumes hold";
    invocation.confirm(yes, "Delete app " + app.slug() + " and all that belongs to it" + but + "?");
    var operation = invocation.apps().delete(app, purge);
    return new OperationEnd(invocation).report(operation, wait, "deletion of " + app.slug());
  }
}
