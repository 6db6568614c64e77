package dev.slipway.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.slipway.cli.api.Accounts;
import dev.slipway.cli.api.Membership;
import dev.slipway.cli.config.Credentials;
import dev.slipway.cli.config.StoredTenant;
import dev.slipway.cli.output.CliException;
import dev.slipway.cli.output.SafeText;
import dev.slipway.cli.output.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code slipway tenant …}. */
@Command(name = "tenant", description = "Shows and chooses the tenant to work in.")
final class TenantCommand {
  private final Invocation invocation;

  TenantCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Command(name = "list", description = "Shows the tenants that you belong to.")
  int list() {
    var me = new Accounts(invocation.client()).me();
    var current =
        invocation
            .client()
            .session()
            .login()
            .map(Credentials::tenant)
            .map(StoredTenant::id)
            .orElse("");
    invocation
        .output()
        .list(
            me.path("memberships"),
            "tenants",
            () -> {
              var table = new Table("SLUG", "NAME", "ROLE", "ID", "IN USE");
              for (var one : Membership.listOf(me)) {
                table.row(
                    SafeText.line(one.slug()),
                    SafeText.line(one.name()),
                    SafeText.line(one.role()),
                    SafeText.line(one.tenantId()),
                    one.tenantId().equals(current) ? "*" : "");
              }
              return table;
            });
    return 0;
  }

  @Command(name = "use", description = "Works in another tenant from now on.")
  int use(@Parameters(paramLabel = "TENANT", description = "id or slug") String tenant) {
    if (invocation.token() != null) {
      throw CliException.usage("a token given by hand keeps no choice; use --tenant");
    }
    var chosen = Membership.named(invocation.client().memberships(), tenant);
    try (var lock = invocation.store().lock()) {
      // Read anew: another command may have renewed the tokens meanwhile.
      var login = invocation.store().read().orElseThrow(() -> CliException.failed("signed out"));
      invocation.store().write(login.withTenant(chosen.stored()));
    }
    var json = JsonNodeFactory.instance.objectNode();
    json.put("tenant", chosen.tenantId()).put("slug", chosen.slug());
    invocation.output().done(json, "working in " + chosen.slug());
    return 0;
  }
}
