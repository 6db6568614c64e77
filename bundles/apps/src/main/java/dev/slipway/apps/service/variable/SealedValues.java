package dev.slipway.apps.service.variable;

import dev.slipway.api.security.Secrets;
import dev.slipway.apps.EnvVar;
import dev.slipway.apps.VariableVersion;

/** The values of secret variables. */
final class SealedValues {
  private final Secrets secrets;

  SealedValues(Secrets secrets) {
    this.secrets = secrets;
  }

  /** The value as it is stored. */
  String seal(EnvVar variable, String value, boolean secret) {
    return secret ? secrets.seal(variable.tenantId(), EnvVar.place(variable.id()), value) : value;
  }

  /** The value in clear; a secret one is masked in all logs from then on. */
  String open(EnvVar variable) {
    return variable.isSecret() ? unsealed(variable, variable.value()) : variable.value();
  }

  /** What the variable was, in the same way. */
  String open(EnvVar variable, VariableVersion version) {
    return version.isSecret() ? unsealed(variable, version.value()) : version.value();
  }

  private String unsealed(EnvVar variable, String sealed) {
    var value = secrets.open(variable.tenantId(), EnvVar.place(variable.id()), sealed);
    secrets.protect(value);
    return value;
  }
}
