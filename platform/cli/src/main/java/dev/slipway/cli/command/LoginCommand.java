package dev.slipway.cli.command;

import dev.slipway.cli.api.Accounts;
import dev.slipway.cli.api.Membership;
import dev.slipway.cli.config.Credentials;
import dev.slipway.cli.config.StoredTenant;
import dev.slipway.cli.output.CliException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code slipway login}. */
@Command(name = "login", description = "Signs in and keeps the login for later commands.")
final class LoginCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Option(names = "--email", paramLabel = "EMAIL", required = true)
  String email = "";

  @Option(names = "--password-stdin", description = "read the password from stdin")
  boolean passwordFromStdin;

  LoginCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    dropDamagedLogin();
    var url = invocation.url();
    var output = invocation.output();
    if (isExposed(url)) {
      output.warn("the password is sent to " + url.getHost() + " without encryption");
    }
    var login = new Accounts(invocation.client()).login(email, password());
    var tenant = tenant(Membership.listOf(login.answer()));
    var tokens = login.tokens();
    var credentials =
        new Credentials(url.toString(), email, tokens.accessToken(), tokens.refreshToken(), tenant);
    try (var lock = invocation.store().lock()) {
      invocation.store().write(credentials);
    }
    var where =
        tenant == null ? "; choose a tenant by slipway tenant use" : ", tenant " + tenant.slug();
    output.done(Shown.profile(login.answer()), "signed in at " + url + " as " + email + where);
    return 0;
  }

  /** A file that cannot be read must not stand in the way of its own replacement. */
  private void dropDamagedLogin() {
    try {
      invocation.store().read();
    } catch (CliException e) {
      invocation.output().warn(e.text());
      invocation.store().delete();
    }
  }

  private String password() {
    var terminal = invocation.terminal();
    if (passwordFromStdin) {
      return terminal.readLine();
    }
    if (!terminal.interactive()) {
      throw CliException.usage("no terminal to ask for the password; use --password-stdin");
    }
    return terminal.askSecret("Password");
  }

  private @Nullable StoredTenant tenant(List<Membership> memberships) {
    var wanted = invocation.wantedTenant();
    if (wanted != null) {
      return Membership.named(memberships, wanted).stored();
    }
    return Membership.obvious(memberships).map(Membership::stored).orElse(null);
  }

  private static boolean isExposed(URI url) {
    var host = url.getHost();
    var local = host.equals("localhost") || host.endsWith(".localhost") || host.startsWith("127.");
    return url.getScheme().equals("http") && !local && !host.equals("[::1]");
  }
}
