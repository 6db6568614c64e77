package dev.slipway.cli.command;

import dev.slipway.cli.api.Accounts;
import dev.slipway.cli.api.Membership;
import dev.slipway.cli.output.SafeText;
import dev.slipway.cli.output.Table;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/** {@code slipway whoami}. */
@Command(name = "whoami", description = "Shows who is signed in, and where.")
final class WhoamiCommand implements Callable<Integer> {
  private final Invocation invocation;

  WhoamiCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    var me = new Accounts(invocation.client()).me();
    invocation
        .output()
        .show(
            Shown.profile(me),
            () ->
                new Table()
                    .row("user", Shown.text(me.path("user"), "email"))
                    .row("name", Shown.text(me.path("user"), "displayName"))
                    .row("platform", invocation.url())
                    .row(
                        "tenants",
                        Membership.listOf(me).stream()
                            .map(m -> SafeText.line(m.slug() + " (" + m.role() + ")"))
                            .collect(Collectors.joining(", "))));
    return 0;
  }
}
