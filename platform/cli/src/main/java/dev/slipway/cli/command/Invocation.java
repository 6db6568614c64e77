package dev.slipway.cli.command;

import dev.slipway.cli.api.ApiClient;
import dev.slipway.cli.api.App;
import dev.slipway.cli.api.Apps;
import dev.slipway.cli.api.Deployments;
import dev.slipway.cli.api.Environments;
import dev.slipway.cli.api.Session;
import dev.slipway.cli.api.Transport;
import dev.slipway.cli.config.CredentialStore;
import dev.slipway.cli.config.Credentials;
import dev.slipway.cli.config.Environment;
import dev.slipway.cli.output.CliException;
import dev.slipway.cli.output.Output;
import dev.slipway.cli.output.Terminal;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One call of the program: combines options, environment variables and the stored login. The
 * connection is made when a command first needs it, after the options have been read.
 */
final class Invocation implements AutoCloseable {
  private static final String DEFAULT_URL = "http://127.0.0.1:8080";

  /** As the address of the listener: what is followed comes over HTTP alone. */
  private static final String NO_GRPC = "off";

  private final Environment environment;
  private final GlobalOptions options;
  private final CredentialStore store;
  private @Nullable ApiClient client;

  Invocation(Environment environment, GlobalOptions options) {
    this.environment = environment;
    this.options = options;
    this.store = new CredentialStore(environment.configDirectory());
  }

  Environment environment() {
    return environment;
  }

  CredentialStore store() {
    return store;
  }

  Output output() {
    return new Output(environment.terminal(), options.output == GlobalOptions.Format.JSON);
  }

  Terminal terminal() {
    var terminal = environment.terminal();
    return options.noInput
        ? new Terminal(terminal.in(), terminal.out(), terminal.err(), false, terminal.colour())
        : terminal;
  }

  ApiClient client() {
    if (client == null) {
      var transport = new Transport(environment.timeouts());
      client = new ApiClient(transport, new Session(url(), token(), store), wantedTenant());
      var listener = environment.variable("SLIPWAY_GRPC_URL").orElse(null);
      if (listener == null) {
        client.streamingAsTold();
      } else if (!listener.equals(NO_GRPC)) {
        client.streamingBy(normalized(listener));
      }
    }
    return client;
  }

  Apps apps() {
    return new Apps(client());
  }

  Deployments deployments() {
    return new Deployments(client());
  }

  Environments environments() {
    return new Environments(client());
  }

  App app(String reference) {
    return apps().require(reference);
  }

  @Nullable String token() {
    return given(options.token, "SLIPWAY_TOKEN").orElse(null);
  }

  @Nullable String wantedTenant() {
    return given(options.tenant, "SLIPWAY_TENANT").orElse(null);
  }

  URI url() {
    return normalized(
        given(options.url, "SLIPWAY_URL")
            .or(() -> store.read().map(Credentials::url))
            .orElse(DEFAULT_URL));
  }

  /** Asks before something that cannot be undone. */
  void confirm(boolean alreadyAgreed, String question) {
    if (!alreadyAgreed && !terminal().confirm(question)) {
      throw CliException.failed("nothing was changed");
    }
  }

  @Override
  public void close() {
    if (client != null) {
      client.close();
    }
  }

  private Optional<String> given(@Nullable String option, String variable) {
    return Optional.ofNullable(option)
        .filter(value -> !value.isBlank())
        .or(() -> environment.variable(variable));
  }

  /** The one spelling that a login is stored and found under. */
  static URI normalized(String text) {
    try {
      var uri = new URI(text.strip());
      var scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
      if (!Set.of("http", "https").contains(scheme)
          || uri.getHost() == null
          || uri.getRawUserInfo() != null
          || uri.getRawQuery() != null
          || uri.getRawFragment() != null) {
        throw CliException.usage("'" + text + "' is not the address of a platform (http://HOST)");
      }
      var path = uri.getRawPath().replaceAll("/+$", "");
      var port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
      return URI.create(scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + port + path);
    } catch (URISyntaxException e) {
      throw CliException.usage("'" + text + "' is not the address of a platform (http://HOST)");
    }
  }
}
