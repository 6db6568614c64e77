package dev.slipway.launcher.postgres;

/** Where a running server listens and the credentials of its superuser. */
public record Endpoint(String host, int port, String superuser, String password) {

  /** JDBC URL of the maintenance database {@code postgres}, without credentials. */
  public String url() {
    return url("postgres");
  }

  /** JDBC URL of one database, without credentials. */
  public String url(String database) {
    return "jdbc:postgresql://" + host + ":" + port + "/" + database;
  }

  @Override
  public String toString() {
    return "Endpoint[" + url() + ", superuser=" + superuser + "]";
  }
}
