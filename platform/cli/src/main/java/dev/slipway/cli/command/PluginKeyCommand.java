package dev.slipway.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.slipway.cli.api.PluginTrust;
import dev.slipway.cli.output.ExitCode;
import dev.slipway.cli.output.Table;
import dev.slipway.cli.plugin.SigningKey;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code slipway plugin key …}. */
@Command(name = "key", description = "Makes keys that sign plugins, and says which are trusted.")
final class PluginKeyCommand {
  private final Invocation invocation;

  PluginKeyCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Command(name = "new", description = "Makes a key in a file and shows its public part.")
  int create(@Parameters(paramLabel = "FILE") Path file) {
    var key = SigningKey.create(file);
    var json =
        JsonNodeFactory.instance.objectNode().put("id", key.id()).put("public", key.publicText());
    invocation.output().done(json, "key " + key.id() + "\n" + key.publicText().strip());
    return ExitCode.OK.number();
  }

  @Command(name = "list", description = "Shows trusted and revoked keys.")
  int list() {
    var answer = trust().get();
    var output = invocation.output();
    output.list(
        answer.path("keys"),
        "keys",
        () -> {
          var table = new Table("ID", "NAME", "ADDED", "REVOKED", "REASON");
          for (var key : answer.path("keys")) {
            table.row(
                Shown.text(key, "id"),
                Shown.text(key, "name"),
                Shown.text(key, "added_at"),
                Shown.text(key, "revoked_at"),
                Shown.text(key, "revoked_for"));
          }
          return table;
        });
    return ExitCode.OK.number();
  }

  @Command(name = "trust", description = "Trusts whoever holds the key in this file.")
  int trust(
      @Parameters(paramLabel = "NAME") String name,
      @Parameters(paramLabel = "FILE", description = "with the public part of the key") Path file) {
    var key = trust().add(name, SigningKey.readPublic(file));
    invocation.output().done(key, "trusted " + Shown.text(key, "name"));
    return ExitCode.OK.number();
  }

  @Command(name = "remove", description = "Forgets a key that is not revoked.")
  int remove(@Parameters(paramLabel = "ID") String id) {
    trust().remove(id);
    var json = JsonNodeFactory.instance.objectNode().put("id", id);
    invocation.output().done(json, "forgot " + id);
    return ExitCode.OK.number();
  }

  @Command(name = "revoke", description = "Stops all that a lost key has signed, for good.")
  int revoke(
      @Parameters(paramLabel = "ID") String id,
      @Option(names = "--reason", paramLabel = "TEXT", required = true) String reason) {
    var key = trust().revoke(id, reason);
    invocation.output().done(key, "revoked " + Shown.text(key, "name"));
    return ExitCode.OK.number();
  }

  private PluginTrust trust() {
    return new PluginTrust(invocation.client());
  }
}
