package dev.slipway.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.slipway.cli.api.ApiException;
import dev.slipway.cli.api.Plugins;
import dev.slipway.cli.output.CliException;
import dev.slipway.cli.output.ExitCode;
import dev.slipway.cli.plugin.DevBuild;
import dev.slipway.cli.plugin.MavenBuild;
import dev.slipway.cli.plugin.NewProject;
import dev.slipway.cli.plugin.Point;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code slipway plugin new} and {@code slipway plugin dev}: what a plugin's author begins with.
 */
final class PluginProjectCommands {
  private static final Duration LOOK = Duration.ofMillis(300);

  private PluginProjectCommands() {}

  /** Makes a project. */
  @Command(name = "new", description = "Makes a plugin's project that builds with Maven alone.")
  static final class New implements java.util.concurrent.Callable<Integer> {
    private final Invocation invocation;

    @Parameters(paramLabel = "NAME", description = "lower-case words joined by dashes")
    String name = "";

    @Option(
        names = "--point",
        paramLabel = "POINT",
        defaultValue = "rest-resource",
        description = "one of ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE})",
        completionCandidates = PointWords.class)
    String point = "";

    @Option(names = "--group", paramLabel = "GROUP", defaultValue = "com.example")
    String group = "";

    @Option(names = "--dir", paramLabel = "DIR", description = "where to (./NAME)")
    @Nullable Path folder;

    New(Invocation invocation) {
      this.invocation = invocation;
    }

    @Override
    public Integer call() {
      var target = folder == null ? Path.of(name) : folder;
      var where = Point.of(point);
      NewProject.write(target, group, name, where, VersionCommand.own());
      var json = JsonNodeFactory.instance.objectNode().put("dir", target.toString());
      invocation.output().done(json, "made " + target + "; there: mvn verify, slipway plugin dev");
      return ExitCode.OK.number();
    }
  }

  /** What can be given as a point. */
  static final class PointWords extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    PointWords() {
      super(List.of(Point.words().split(", ")));
    }
  }

  /** Watches a project. */
  @Command(
      name = "dev",
      description = "Builds a plugin with each change of a source, and updates it while it runs.")
  static final class Dev implements java.util.concurrent.Callable<Integer> {
    private final Invocation invocation;

    @Option(names = "--dir", paramLabel = "DIR", defaultValue = ".", description = "the project")
    Path project = Path.of(".");

    @Option(
        names = "--build",
        paramLabel = "COMMAND",
        description = "builds the jar in target, where that is not Maven's work")
    @Nullable String build;

    @Option(
        names = "--maven",
        paramLabel = "COMMAND",
        description = "how Maven is started (./mvnw where there is one, else mvn)")
    @Nullable String maven;

    @Option(names = "--once", description = "end after the first build")
    boolean once;

    Dev(Invocation invocation) {
      this.invocation = invocation;
    }

    @Override
    public Integer call() {
      if (!Files.isRegularFile(project.resolve("pom.xml")) && build == null) {
        throw CliException.usage(project + " has no pom.xml");
      }
      var building = new DevBuild(project, builder());
      try {
        while (!invocation.output().readerGone()) {
          if (building.changed()) {
            var fine = bring(building);
            if (once) {
              return (fine ? ExitCode.OK : ExitCode.FAILED).number();
            }
            if (fine) {
              building.prepare();
            }
          }
          Thread.sleep(LOOK);
        }
        return ExitCode.OK.number();
      } catch (InterruptedException interrupted) {
        throw CliException.interrupted(interrupted);
      }
    }

    private MavenBuild builder() {
      if (build != null) {
        return MavenBuild.by(project, build);
      }
      var wrapped = Files.isExecutable(project.resolve("mvnw")) ? "./mvnw" : "mvn";
      return MavenBuild.maven(project, maven == null ? wrapped : maven);
    }

    /** A fault of the source is told, and the next change is waited for. */
    private boolean bring(DevBuild building) throws InterruptedException {
      var began = System.nanoTime();
      var output = invocation.output();
      if (!building.build()) {
        output.note(building.said().strip());
        output.note("the build failed; waiting for the next change");
        return false;
      }
      try {
        var jar = building.stamped(Long.toString(System.currentTimeMillis()));
        var plugin = put(jar);
        output.logLine(
            "%s %s %s after %d ms"
                .formatted(
                    Shown.text(plugin, "id"),
                    Shown.text(plugin, "version"),
                    Shown.text(plugin, "state"),
                    (System.nanoTime() - began) / 1_000_000));
        return true;
      } catch (ApiException refused) {
        output.note(refused.text());
        refused.details().forEach(output::note);
        return false;
      }
    }

    private com.fasterxml.jackson.databind.JsonNode put(Path jar) {
      var plugins = new Plugins(invocation.client());
      var id = PluginJar.id(jar);
      for (var known : plugins.list(null, "plugin")) {
        if (known.path("id").asText().equals(id)) {
          var updated = plugins.update(id, jar, true);
          return Shown.text(updated, "state").equals("active") ? updated : plugins.enable(id);
        }
      }
      return plugins.install(jar, true);
    }
  }
}
