package dev.slipway.apps.service.variable;

import dev.slipway.api.Caller;
import dev.slipway.api.CurrentOperation;
import dev.slipway.api.Ids;
import dev.slipway.api.Times;
import dev.slipway.api.security.Secrets;
import dev.slipway.apps.EnvVar;
import dev.slipway.apps.SecretRead;
import dev.slipway.apps.VariableVersion;
import dev.slipway.apps.store.SecretReadStore;
import dev.slipway.data.Database;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Shows variables in clear, and keeps to whom. */
final class SecretReads {
  private static final int LONGEST_AGENT = 500;

  private final SealedValues values;
  private final SecretReadStore reads;

  SecretReads(Database database, Secrets secrets) {
    values = new SealedValues(secrets);
    reads = new SecretReadStore(database);
  }

  /** The value; that it was shown is written in the same unit of work. */
  ClearVariable reveal(Caller caller, EnvVar variable, @Nullable String userAgent) {
    note(caller, variable, variable.version(), userAgent);
    return new ClearVariable(variable.id(), variable.key(), values.open(variable));
  }

  /** What the variable was; that it was shown is written as with the present value. */
  ClearVariable reveal(
      Caller caller, EnvVar variable, VariableVersion version, @Nullable String userAgent) {
    note(caller, variable, version.number(), userAgent);
    return new ClearVariable(variable.id(), variable.key(), values.open(variable, version));
  }

  private void note(Caller caller, EnvVar variable, int number, @Nullable String userAgent) {
    reads.insert(read(caller, variable, number, userAgent));
    CurrentOperation.detail("action", "secret_read");
    CurrentOperation.detail("env_var_id", variable.id());
    CurrentOperation.detail("scope", variable.owner().scope());
    CurrentOperation.detail("scope_id", variable.owner().id());
    CurrentOperation.detail("key", variable.key());
    CurrentOperation.detail("version", number);
  }

  /** Who was last shown a variable, newest first. */
  List<SecretRead> of(UUID envVarId, int limit) {
    return reads.of(envVarId, limit);
  }

  private static SecretRead read(
      Caller caller, EnvVar variable, int number, @Nullable String userAgent) {
    var agent =
        userAgent == null || userAgent.length() <= LONGEST_AGENT
            ? userAgent
            : userAgent.substring(0, LONGEST_AGENT);
    return new SecretRead(
        Ids.next(),
        variable.tenantId(),
        variable.id(),
        variable.owner().scope(),
        variable.projectId(),
        variable.appId(),
        variable.environmentId(),
        variable.key(),
        number,
        caller.userId(),
        caller.name(),
        caller.remoteAddress(),
        agent,
        caller.requestId(),
        Times.now());
  }
}
