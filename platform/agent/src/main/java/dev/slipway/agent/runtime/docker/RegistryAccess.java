package dev.slipway.agent.runtime.docker;

import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.api.model.AuthConfigurations;
import dev.slipway.agent.runtime.RegistryLogin;
import dev.slipway.agent.runtime.RuntimeRefusal;
import java.util.List;
import java.util.regex.Pattern;

/** Logins of registries in the engine's terms, and its complaints in ours. */
final class RegistryAccess {
  /** By which engines know the registry of images that name none. */
  private static final String USUAL_ADDRESS = "https://index.docker.io/v1/";

  private static final Pattern REFUSED =
      Pattern.compile(
          "unauthorized|no basic auth credentials|authentication required|access denied|denied:",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern SILENT =
      Pattern.compile(
          "connection refused|no such host|i/o timeout|no route to host|connection reset"
              + "|context deadline exceeded|Client\\.Timeout|\\bEOF\\b",
          Pattern.CASE_INSENSITIVE);

  private RegistryAccess() {}

  static AuthConfig one(RegistryLogin login) {
    var usual = login.host().equals(RegistryLogin.USUAL);
    return new AuthConfig()
        .withRegistryAddress(usual ? USUAL_ADDRESS : login.host())
        .withUsername(login.username())
        .withPassword(login.password());
  }

  static AuthConfigurations all(List<RegistryLogin> logins) {
    var all = new AuthConfigurations();
    logins.stream().map(RegistryAccess::one).forEach(all::addConfig);
    return all;
  }

  /** The same refusal, and before it in plain words what the registry did. */
  static RuntimeRefusal explained(RuntimeRefusal refusal, String image, boolean loggedIn) {
    var words = String.valueOf(refusal.getMessage());
    var registry = "the registry " + RegistryLogin.registryOf(image);
    if (SILENT.matcher(words).find()) {
      return new RuntimeRefusal(registry + " does not answer: " + words);
    }
    if (REFUSED.matcher(words).find()) {
      return new RuntimeRefusal(
          registry
              + (loggedIn
                  ? " refuses the credentials that are kept for it: "
                  : " asks for credentials, and none are kept for it: ")
              + words);
    }
    return refusal;
  }
}
