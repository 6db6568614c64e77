package dev.slipway.cli.command;

import dev.slipway.cli.api.Accounts;
import dev.slipway.cli.config.Credentials;
import dev.slipway.cli.output.CliException;
import dev.slipway.cli.output.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code slipway logout}. */
@Command(name = "logout", description = "Ends the stored login, here and on the platform.")
final class LogoutCommand implements Callable<Integer> {
  private final Invocation invocation;

  LogoutCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    var login = invocation.client().session().login();
    if (login.isEmpty()) {
      invocation.output().note("not signed in at " + invocation.url());
      return 0;
    }
    try {
      endOnPlatform();
    } catch (CliException e) {
      if (e.exitCode() != ExitCode.DENIED) {
        invocation.output().warn("the platform could not be told; its tokens stay valid");
        throw e;
      }
      // Refused tokens have ended already.
    } finally {
      invocation.store().delete();
    }
    invocation.output().note("signed out of " + login.get().url());
    return 0;
  }

  private void endOnPlatform() {
    var accounts = new Accounts(invocation.client());
    // Renews the pair if it has run out, so that the one that is ended is the current one.
    accounts.me();
    invocation
        .client()
        .session()
        .login()
        .map(Credentials::refreshToken)
        .ifPresent(accounts::logout);
  }
}
