package dev.slipway.cli.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Options that every command takes, before or after its name. */
final class GlobalOptions {
  enum Format {
    TABLE,
    JSON
  }

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      scope = ScopeType.INHERIT,
      defaultValue = "table",
      description = "table (the default) or json; JSON alone goes to stdout")
  Format output = Format.TABLE;

  @Option(
      names = "--url",
      paramLabel = "URL",
      scope = ScopeType.INHERIT,
      description = "the platform (or SLIPWAY_URL; default: that of the login)")
  @Nullable String url;

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      scope = ScopeType.INHERIT,
      description = "access token or API key (or SLIPWAY_TOKEN; default: the login)")
  @Nullable String token;

  @Option(
      names = "--tenant",
      paramLabel = "TENANT",
      scope = ScopeType.INHERIT,
      description = "id or slug (or SLIPWAY_TENANT; default: that of the login)")
  @Nullable String tenant;

  @Option(names = "--no-input", scope = ScopeType.INHERIT, description = "never ask anything")
  boolean noInput;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "show this help")
  boolean help;
}
