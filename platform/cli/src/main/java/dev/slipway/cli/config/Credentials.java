package dev.slipway.cli.config;

import org.jspecify.annotations.Nullable;

/**
 * A stored login.
 *
 * @param url the platform that issued the tokens; they are never sent to another one
 * @param tenant absent when the user has several and has not chosen
 */
public record Credentials(
    String url,
    String email,
    String accessToken,
    String refreshToken,
    @Nullable StoredTenant tenant) {

  public Credentials withTokens(String newAccess, String newRefresh) {
    return new Credentials(url, email, newAccess, newRefresh, tenant);
  }

  public Credentials withTenant(@Nullable StoredTenant chosen) {
    return new Credentials(url, email, accessToken, refreshToken, chosen);
  }

  /** Tokens stay out of logs and messages. */
  @Override
  public String toString() {
    return "Credentials[" + email + " at " + url + "]";
  }
}
