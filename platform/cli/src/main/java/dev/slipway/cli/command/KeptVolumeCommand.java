package dev.slipway.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.cli.api.ApiClient;
import dev.slipway.cli.api.Servers;
import dev.slipway.cli.api.Volumes;
import dev.slipway.cli.output.ExitCode;
import dev.slipway.cli.output.Table;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code slipway volume kept …}. */
@Command(
    name = "kept",
    description = "Data that stayed when its volume, environment or app was deleted.")
final class KeptVolumeCommand {
  private static final int MAX_SERVERS = 5_000;

  private final Invocation invocation;

  KeptVolumeCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Command(name = "list", description = "Shows what was kept, the newest first.")
  int list(
      @Option(
              names = "--app",
              paramLabel = "APP",
              description = "slug, name or id; of an app that is gone the id")
          @Nullable String app,
      @Option(names = "--server", paramLabel = "SERVER", description = "name or id")
          @Nullable String server,
      @Option(names = "--limit", paramLabel = "N", defaultValue = "200") int limit) {
    var kept = new Volumes(invocation.client()).kept(appId(app), serverId(server), limit);
    invocation.output().list(kept, "kept data", () -> table(kept));
    return ExitCode.OK.number();
  }

  private @Nullable String appId(@Nullable String reference) {
    return reference == null || ApiClient.isId(reference)
        ? reference
        : invocation.app(reference).id();
  }

  private @Nullable String serverId(@Nullable String reference) {
    return reference == null
        ? null
        : new Servers(invocation.client()).require(reference).path("id").asText();
  }

  private Table table(JsonNode kept) {
    var names = new HashMap<String, String>();
    new Servers(invocation.client())
        .list(MAX_SERVERS)
        .forEach(server -> names.put(Shown.text(server, "id"), Shown.text(server, "name")));
    var table = new Table("APP", "ENVIRONMENT", "VOLUME", "DELETED", "SINCE", "BY", "SERVER", "ID");
    for (var one : kept) {
      var server = Shown.text(one, "server_id");
      table.row(
          Shown.text(one, "app_slug"),
          environment(one),
          volume(one),
          Shown.text(one, "deleted"),
          Shown.text(one, "kept_at"),
          Shown.text(one, "kept_by"),
          names.getOrDefault(server, server),
          Shown.text(one, "id"));
    }
    return table;
  }

  private static String environment(JsonNode kept) {
    var production = kept.path("environment_id").asText("").isEmpty();
    return production ? "production" : Shown.text(kept, "environment_slug");
  }

  private static String volume(JsonNode kept) {
    var compose = Shown.text(kept, "kind").equals("compose");
    return compose ? "all of its Compose file" : Shown.text(kept, "volume");
  }

  @Command(name = "purge", description = "Deletes what was kept, at its server.")
  int purge(
      @Parameters(paramLabel = "ID") String id,
      @Option(names = "--yes", description = "do not ask") boolean yes,
      @Mixin WaitOptions wait) {
    var volumes = new Volumes(invocation.client());
    var kept = volumes.kept(id);
    var what = volume(kept) + " of " + Shown.text(kept, "app_slug") + ", " + environment(kept);
    invocation.confirm(yes, "Delete the data of " + what + " for good?");
    return new OperationEnd(invocation)
        .report(volumes.purge(id), wait, "deletion of the data of " + what);
  }
}
