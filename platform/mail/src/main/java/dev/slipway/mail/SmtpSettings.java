package dev.slipway.mail;

import dev.slipway.api.platform.Platform;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The mail server: {@code smtps://user@host:465} speaks TLS from the start, {@code
 * smtp://user@host:587} must upgrade by STARTTLS. {@code ?tls=none} allows plain text, for a server
 * on the same machine.
 *
 * @param user null = no sign-in
 * @param from the sender's address
 * @param ca certificates in PEM, to trust in the place of the JDK's; null = those
 */
record SmtpSettings(
    String host,
    int port,
    Security security,
    @Nullable String user,
    @Nullable String password,
    String from,
    @Nullable String ca) {
  private static final String URL = "slipway.smtp.url";
  private static final String TIMEOUT_MS = "20000";

  enum Security {
    TLS,
    STARTTLS,
    NONE
  }

  /** What is configured; empty where nothing is. */
  static Optional<SmtpSettings> of(Platform platform) {
    var url = platform.setting(URL);
    return url == null || url.isBlank()
        ? Optional.empty()
        : Optional.of(
            parse(
                    url.strip(),
                    platform.setting("slipway.smtp.password"),
                    platform.setting("slipway.smtp.from"))
                .trusting(platform.setting("slipway.smtp.ca")));
  }

  static SmtpSettings parse(String url, @Nullable String password, @Nullable String from) {
    var uri = uri(url);
    var host = uri.getHost();
    var scheme = String.valueOf(uri.getScheme());
    if (host == null || !(scheme.equals("smtp") || scheme.equals("smtps"))) {
      throw invalid("must look like smtp://user@host:587 or smtps://user@host:465");
    }
    var security = security(scheme, uri.getQuery());
    var port = uri.getPort() > 0 ? uri.getPort() : security == Security.TLS ? 465 : 587;
    var login = uri.getUserInfo() == null ? new String[0] : uri.getUserInfo().split(":", 2);
    var user = login.length == 0 || login[0].isEmpty() ? null : login[0];
    var secret = password != null ? password : login.length == 2 ? login[1] : null;
    if (user != null && secret == null) {
      throw invalid("names a user, but slipway.smtp.password is not set");
    }
    return new SmtpSettings(
        host, port, security, user, secret, from == null ? sender(user, host) : from, null);
  }

  /** The same with certificates of its own to trust; null leaves the JDK's. */
  SmtpSettings trusting(@Nullable String certificates) {
    if (certificates != null) {
      // So that a mistake in them is said at start.
      TrustedTls.factory(certificates);
    }
    return new SmtpSettings(host, port, security, user, password, from, certificates);
  }

  private static Security security(String scheme, @Nullable String query) {
    if (query != null && !query.equals("tls=none")) {
      throw invalid("knows no other parameter than tls=none");
    }
    if (scheme.equals("smtps")) {
      return Security.TLS;
    }
    return query == null ? Security.STARTTLS : Security.NONE;
  }

  private static String sender(@Nullable String user, String host) {
    return user != null && user.contains("@") ? user : "slipway@" + host;
  }

  private static URI uri(String url) {
    try {
      return new URI(url);
    } catch (URISyntaxException malformed) {
      // Its message carries the text, and that may carry a password.
      throw invalid("is no URL");
    }
  }

  private static IllegalArgumentException invalid(String reason) {
    return new IllegalArgumentException(URL + " " + reason);
  }

  /** For the mail library: everything has a time limit, certificates and names are checked. */
  Properties properties() {
    var properties = new Properties();
    properties.put("mail.transport.protocol", "smtp");
    properties.put("mail.smtp.host", host);
    properties.put("mail.smtp.port", Integer.toString(port));
    properties.put("mail.smtp.connectiontimeout", TIMEOUT_MS);
    properties.put("mail.smtp.timeout", TIMEOUT_MS);
    properties.put("mail.smtp.writetimeout", TIMEOUT_MS);
    properties.put("mail.smtp.ssl.enable", Boolean.toString(security == Security.TLS));
    properties.put("mail.smtp.ssl.checkserveridentity", "true");
    properties.put("mail.smtp.starttls.enable", Boolean.toString(security == Security.STARTTLS));
    properties.put("mail.smtp.starttls.required", Boolean.toString(security == Security.STARTTLS));
    properties.put("mail.smtp.auth", Boolean.toString(user != null));
    properties.put("mail.smtp.from", from);
    properties.put("mail.mime.charset", "UTF-8");
    if (ca != null) {
      properties.put("mail.smtp.ssl.socketFactory", TrustedTls.factory(ca));
    }
    return properties;
  }

  @Override
  public String toString() {
    return host + ":" + port + " (" + security + ")";
  }
}
