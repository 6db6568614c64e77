package dev.slipway.apps;

/**
 * Credentials of a registry in clear, to be handed to an agent and not kept.
 *
 * @param host the registry, as {@link RegistryCredential#host}
 */
public record RegistryLogin(String host, String username, String password) {
  /** Without the password. */
  @Override
  public String toString() {
    return "RegistryLogin[" + username + " at " + host + "]";
  }
}
