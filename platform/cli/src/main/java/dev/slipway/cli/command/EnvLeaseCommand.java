package dev.slipway.cli.command;

import dev.slipway.cli.api.Variables;
import dev.slipway.cli.output.ExitCode;
import dev.slipway.cli.output.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code slipway env lease …}. */
@Command(name = "lease", description = "Shows which deployments have which value of a secret.")
final class EnvLeaseCommand {
  private final Invocation invocation;

  EnvLeaseCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Command(name = "list", description = "Shows who has, or had, a secret.")
  int list(
      @Mixin VariableOption variable,
      @Option(names = "--limit", paramLabel = "N", defaultValue = "50") int limit) {
    var leases = new Variables(invocation.client()).leases(variable.id(invocation), limit);
    var output = invocation.output();
    output.list(
        leases,
        "leases",
        () -> {
          var table = new Table("VERSION", "STATUS", "DEPLOYMENT", "TAKEN", "ENDED", "ID");
          for (var lease : leases) {
            table.row(
                Shown.text(lease, "version"),
                output.status(lease.path("status").asText()),
                Shown.text(lease, "deployment_id"),
                Shown.text(lease, "taken_at"),
                Shown.text(lease, "ended_at"),
                Shown.text(lease, "id"));
          }
          return table;
        });
    return ExitCode.OK.number();
  }

  @Command(
      name = "revoke",
      description = {
        "Lets no further deployment have the value of a lease.",
        "What runs with it goes on; the secret needs another value before the next deployment."
      })
  int revoke(
      @Mixin VariableOption variable,
      @Parameters(paramLabel = "LEASE", index = "2") String lease,
      @Option(names = "--yes", description = "do not ask") boolean yes) {
    var id = variable.id(invocation);
    invocation.confirm(yes, "Let no further deployment have this value of " + variable.key + "?");
    var revoked = new Variables(invocation.client()).revoke(id, lease);
    invocation.output().done(revoked, "no further deployment gets that value of " + variable.key);
    return ExitCode.OK.number();
  }
}
