package dev.slipway.cli.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** Signing in and out. */
public final class Accounts {
  private final ApiClient client;

  public Accounts(ApiClient client) {
    this.client = client;
  }

  /** What a login gives. */
  public record Login(Session.TokenPair tokens, JsonNode answer) {}

  public Login login(String email, String password) {
    var body = JsonNodeFactory.instance.objectNode().put("email", email).put("password", password);
    var answer = client.call(ApiRequest.post("/api/auth/login").as(Access.NONE).body(body));
    return new Login(ApiClient.tokens(answer), answer);
  }

  public JsonNode me() {
    return client.call(ApiRequest.get("/api/auth/me").as(Access.USER));
  }

  /** Ends the login on the platform, so that its tokens are worth nothing any more. */
  public void logout(String refreshToken) {
    var body = JsonNodeFactory.instance.objectNode().put("refreshToken", refreshToken);
    client.call(ApiRequest.post("/api/auth/logout").as(Access.USER).body(body));
  }

  public String platformVersion() {
    return client
        .call(ApiRequest.get("/api/version").as(Access.NONE))
        .path("version")
        .asText("unknown");
  }
}
