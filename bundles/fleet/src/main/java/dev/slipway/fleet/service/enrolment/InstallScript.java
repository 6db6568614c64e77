package dev.slipway.fleet.service.enrolment;

import dev.slipway.api.platform.Platform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The script that a machine runs to become a server. All that is put into it comes from the
 * operator's settings.
 */
@Component(service = InstallScript.class)
public final class InstallScript {
  private final String template;
  private final Platform platform;
  private final UpdateKey updateKey;

  @Activate
  public InstallScript(@Reference Platform platform, @Reference UpdateKey updateKey) {
    this.platform = platform;
    this.updateKey = updateKey;
    template =
        part("install.sh")
            .replace("@SUPERVISOR@", part("supervise.sh").strip())
            .replace("@REMOVER@", part("uninstall.sh").strip());
  }

  /** Where a machine gets its script. */
  public String url(String token) {
    return base() + "/api/install/" + token;
  }

  /** What to type on the machine. */
  public String command(String token) {
    return "curl -fsSL " + quoted(url(token)) + " | sudo sh";
  }

  /** The script for a token that proved to be good. */
  public String text(String token) {
    var insecure = platform.setting("slipway.grpc.tls.cert") == null;
    return template
        .replace("@REGISTER_URL@", quoted(url(token) + "/register"))
        .replace("@PLATFORM_URL@", quoted(base()))
        .replace("@UPDATE_KEY@", quoted(updateKey.publicKey()))
        .replace("@INSECURE@", quoted(Boolean.toString(insecure)))
        .replace("@AGENT_URL@", quoted(setting("slipway.agent.download.url")))
        .replace("@AGENT_SHA256@", quoted(setting("slipway.agent.download.sha256")));
  }

  private String base() {
    var url = platform.publicUrl().toString();
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  private String setting(String name) {
    return Objects.requireNonNullElse(platform.setting(name), "");
  }

  /** As one word for a POSIX shell. */
  static String quoted(@Nullable String text) {
    return "'" + Objects.requireNonNullElse(text, "").replace("'", "'\\''") + "'";
  }

  private static String part(String name) {
    try (var script = InstallScript.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
