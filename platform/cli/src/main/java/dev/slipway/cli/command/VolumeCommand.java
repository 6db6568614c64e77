package dev.slipway.cli.command;

import dev.slipway.cli.api.Volumes;
import dev.slipway.cli.output.ExitCode;
import dev.slipway.cli.output.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code slipway volume …}. */
@Command(name = "volume", description = "Shows volumes, and deletes what was kept of some.")
final class VolumeCommand {
  private final Invocation invocation;

  VolumeCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Command(name = "list", description = "Shows an app's volumes.")
  int list(@Parameters(paramLabel = "APP") String reference) {
    var volumes = new Volumes(invocation.client()).ofApp(invocation.app(reference));
    invocation
        .output()
        .list(
            volumes,
            "volumes",
            () -> {
              var table = new Table("NAME", "PATH", "VARIABLE", "CREATED", "ID");
              for (var volume : volumes) {
                table.row(
                    Shown.text(volume, "name"),
                    Shown.text(volume, "mount_path"),
                    Shown.text(volume, "variable"),
                    Shown.text(volume, "created_at"),
                    Shown.text(volume, "id"));
              }
              return table;
            });
    return ExitCode.OK.number();
  }
}
