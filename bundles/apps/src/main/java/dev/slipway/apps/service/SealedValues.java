package dev.slipway.apps.service;

import dev.slipway.api.security.Secrets;
import dev.slipway.apps.EnvVar;

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
    if (!variable.isSecret()) {
      return variable.value();
    }
    var value = secrets.open(variable.tenantId(), EnvVar.place(variable.id()), variable.value());
    secrets.protect(value);
    return value;
  }
}
