package dev.slipway.cli.command;

import dev.slipway.cli.api.Servers;
import dev.slipway.cli.output.ExitCode;
import dev.slipway.cli.output.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code slipway server …}. */
@Command(name = "server", description = "Shows servers.")
final class ServerCommand {
  private final Invocation invocation;

  ServerCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Command(name = "list", description = "Shows the servers that the tenant can see.")
  int list(@Option(names = "--limit", paramLabel = "N", defaultValue = "200") int limit) {
    var servers = new Servers(invocation.client()).list(limit);
    var output = invocation.output();
    output.list(
        servers,
        "servers",
        () -> {
          var table = new Table("NAME", "STATUS", "AGENT", "HOST", "ID");
          for (var server : servers) {
            table.row(
                Shown.text(server, "name"),
                output.status(server.path("status").asText()),
                Shown.text(server, "agent_version"),
                Shown.text(server, "hostname"),
                Shown.text(server, "id"));
          }
          return table;
        });
    return ExitCode.OK.number();
  }

  @Command(name = "show", description = "Shows one server.")
  int show(@Parameters(paramLabel = "SERVER", description = "name or id") String reference) {
    var server = new Servers(invocation.client()).require(reference);
    invocation.output().show(server, () -> Shown.members(server));
    return ExitCode.OK.number();
  }
}
