package dev.slipway.pluginhost;

import dev.slipway.api.ErrorCode;
import dev.slipway.api.ErrorKind;

/** Why the host refuses. */
enum PluginError implements ErrorCode {
  NOT_FOUND("plugins.plugin.not-found", ErrorKind.MISSING, "There is no plugin {0}."),
  NOT_A_BUNDLE(
      "plugins.plugin.not-a-bundle", ErrorKind.INVALID, "The file is no valid plugin: {0}."),
  INSTALLED(
      "plugins.plugin.installed", ErrorKind.CONFLICT, "{0} {1} is installed; update it instead."),
  TAKEN("plugins.plugin.taken", ErrorKind.CONFLICT, "{0} is a bundle of the platform."),
  OTHER_ID("plugins.plugin.other-id", ErrorKind.CONFLICT, "The file is {0}, not {1}."),
  SAME_VERSION(
      "plugins.plugin.same-version", ErrorKind.CONFLICT, "Version {0} is installed already."),
  CORE("plugins.plugin.core", ErrorKind.CONFLICT, "{0} is a core bundle."),
  SHIPPED(
      "plugins.plugin.shipped",
      ErrorKind.CONFLICT,
      "{0} is part of the platform; disable it instead."),
  NEEDED("plugins.plugin.needed", ErrorKind.CONFLICT, "{0} is needed by {1}."),
  DEPENDENCY_DISABLED(
      "plugins.plugin.dependency-disabled",
      ErrorKind.CONFLICT,
      "{0} needs {1}, which is disabled."),
  API_RANGE(
      "plugins.plugin.api-range",
      ErrorKind.UNPROCESSABLE,
      "{0} wants plugin API {1}; this platform serves {2}."),
  UNRESOLVED("plugins.plugin.unresolved", ErrorKind.UNPROCESSABLE, "{0} can not be resolved: {1}."),
  MIGRATION(
      "plugins.plugin.migration", ErrorKind.UNPROCESSABLE, "The changelog of {0} failed: {1}."),
  START("plugins.plugin.start", ErrorKind.UNPROCESSABLE, "{0} did not start: {1}."),
  ROUTES("plugins.plugin.routes", ErrorKind.UNPROCESSABLE, "The routes of {0} are refused: {1}."),
  SETTINGS(
      "plugins.plugin.settings", ErrorKind.INVALID, "The values do not fit the settings of {0}."),
  NOT_GRANTED("plugins.permission.not-granted", ErrorKind.FORBIDDEN, "{0} may not {1}."),
  NOT_ASKED("plugins.permission.not-asked", ErrorKind.INVALID, "{0} does not ask for {1}."),
  ASKS_MORE(
      "plugins.permission.asks-more",
      ErrorKind.UNPROCESSABLE,
      "{0} asks for more than before: {1}."),
  EGRESS("plugins.egress.refused", ErrorKind.UNPROCESSABLE, "{0} may not reach {1}."),
  EGRESS_BUSY(
      "plugins.egress.busy", ErrorKind.UNAVAILABLE, "{0} makes too many outgoing calls at a time."),
  FLOOD("plugins.events.flood", ErrorKind.LIMITED, "{0} publishes too many events."),
  SIGNATURE(
      "plugins.plugin.signature",
      ErrorKind.UNPROCESSABLE,
      "The signature of {0} is not right: {1}."),
  UNTRUSTED("plugins.plugin.untrusted", ErrorKind.UNPROCESSABLE, "{0} is not admitted: {1}."),
  KEY_MALFORMED(
      "plugins.key.malformed", ErrorKind.INVALID, "It is no Ed25519 public key in X.509 form."),
  KEY_KNOWN("plugins.key.known", ErrorKind.CONFLICT, "The key {0} is known already."),
  KEY_NOT_FOUND("plugins.key.not-found", ErrorKind.MISSING, "There is no key {0}."),
  KEY_REVOKED(
      "plugins.key.revoked",
      ErrorKind.CONFLICT,
      "The key {0} is revoked for good; it is not forgotten, so that nobody trusts it again."),
  DIGEST_MALFORMED(
      "plugins.file.malformed", ErrorKind.INVALID, "It is no SHA-256 in hexadecimal digits."),
  FILE_NOT_REVOKED("plugins.file.not-revoked", ErrorKind.MISSING, "{0} is not revoked."),
  QUARANTINED("plugins.plugin.quarantined", ErrorKind.CONFLICT, "{0} is quarantined: {1}.");

  private final String code;
  private final ErrorKind kind;
  private final String message;

  PluginError(String code, ErrorKind kind, String message) {
    this.code = code;
    this.kind = kind;
    this.message = message;
  }

  @Override
  public String code() {
    return code;
  }

  @Override
  public ErrorKind kind() {
    return kind;
  }

  @Override
  public String message() {
    return message;
  }
}
