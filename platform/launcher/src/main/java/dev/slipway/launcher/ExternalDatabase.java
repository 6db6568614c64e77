package dev.slipway.launcher;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Properties;

/**
 * A PostgreSQL that the operator runs.
 *
 * @param url JDBC URL without credentials
 */
record ExternalDatabase(String url, String user, String password) {

  private static final String NAME = "SLIPWAY_DATABASE_URL";
  private static final int OLDEST_MAJOR = 16;

  /** Accepts {@code postgresql://user:password@host/db} and the JDBC form with parameters. */
  static Optional<ExternalDatabase> from(Variables variables) throws StartFailure {
    var text = variables.get(NAME);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(parse(text.get(), variables.secret("SLIPWAY_DATABASE_PASSWORD")));
  }

  private static ExternalDatabase parse(String text, Optional<String> secret) throws StartFailure {
    var uri = uri(text.startsWith("jdbc:") ? text.substring(5) : text);
    var login = new String[] {"", ""};
    if (uri.getRawUserInfo() != null) {
      var parts = uri.getRawUserInfo().split(":", 2);
      login[0] = decode(parts[0]);
      login[1] = parts.length == 2 ? decode(parts[1]) : "";
    }
    var kept = new ArrayList<String>();
    for (var parameter : uri.getRawQuery() == null ? new String[0] : uri.getRawQuery().split("&")) {
      if (parameter.startsWith("user=")) {
        login[0] = decode(parameter.substring(5));
      } else if (parameter.startsWith("password=")) {
        login[1] = decode(parameter.substring(9));
      } else {
        kept.add(parameter);
      }
    }
    if (login[0].isEmpty()) {
      throw StartFailure.usage(NAME + " names no user");
    }
    var port = uri.getPort() < 0 ? 5432 : uri.getPort();
    var url = "jdbc:postgresql://" + uri.getHost() + ":" + port + uri.getRawPath();
    return new ExternalDatabase(
        kept.isEmpty() ? url : url + "?" + String.join("&", kept),
        login[0],
        secret.orElse(login[1]));
  }

  /** The text is not repeated in the message: it may hold a password. */
  private static URI uri(String text) throws StartFailure {
    try {
      var uri = URI.create(text.replaceFirst("^postgres:", "postgresql:"));
      var path = uri.getRawPath();
      if ("postgresql".equals(uri.getScheme())
          && uri.getHost() != null
          && path != null
          && path.length() > 1) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      throw StartFailure.usage(NAME + " is not a URL");
    }
    throw StartFailure.usage(NAME + " is not of the form postgresql://USER@HOST:PORT/DATABASE");
  }

  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** Connects once, so that a wrong address or password is one line and not a bundle's failure. */
  void verify() throws StartFailure {
    var properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    properties.setProperty("connectTimeout", "10");
    properties.setProperty("socketTimeout", "10");
    properties.setProperty("loginTimeout", "10");
    try (var connection = DriverManager.getConnection(url, properties)) {
      var major = connection.getMetaData().getDatabaseMajorVersion();
      if (major < OLDEST_MAJOR) {
        throw StartFailure.failed(
            "the database is PostgreSQL " + major + "; " + OLDEST_MAJOR + " or newer is needed");
      }
    } catch (SQLException e) {
      throw StartFailure.failed(
          "the database at " + url + " does not answer: " + firstLine(e.getMessage()), e);
    }
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("");
  }

  @Override
  public String toString() {
    return "ExternalDatabase[" + url + "]";
  }
}
