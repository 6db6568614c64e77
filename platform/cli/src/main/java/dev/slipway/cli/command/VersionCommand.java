package dev.slipway.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.slipway.cli.api.Accounts;
import dev.slipway.cli.output.CliException;
import dev.slipway.cli.output.Table;
import java.io.IOException;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code slipway version}. */
@Command(name = "version", description = "Shows the version of this program and of the platform.")
final class VersionCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Option(names = "--client", description = "do not ask the platform")
  boolean clientOnly;

  VersionCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    var client = own();
    var platform = clientOnly ? null : platformVersion();
    var json = JsonNodeFactory.instance.objectNode();
    json.put("client", client).put("platform", platform);
    invocation
        .output()
        .show(json, () -> new Table().row("client", client).row("platform", platform));
    return 0;
  }

  private @Nullable String platformVersion() {
    try {
      return new Accounts(invocation.client()).platformVersion();
    } catch (CliException e) {
      invocation.output().note(e.text());
      return null;
    }
  }

  /** Of this program. */
  static String own() {
    try (var in = VersionCommand.class.getResourceAsStream("/dev/slipway/cli/version.properties")) {
      var properties = new Properties();
      properties.load(in);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new IllegalStateException("the program is damaged: its version is missing", e);
    }
  }
}
