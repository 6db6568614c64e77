package dev.slipway.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** The owner, logged in. */
public record Session(PlatformClient client, String token, String tenant) {

  /** Empty when the password is not the owner's, as with a database that had accounts before. */
  static Optional<Session> login(PlatformClient client, String email, String password)
      throws IOException {
    var answer = client.post("/api/auth/login", Map.of("email", email, "password", password));
    var token = answer.body().path("accessToken").asText();
    if (!answer.isOk() || token.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new Session(client, token, rootTenant(answer.body().path("memberships"))));
  }

  private static String rootTenant(JsonNode memberships) {
    for (var membership : memberships) {
      if (membership.path("isRoot").asBoolean()) {
        return membership.path("tenantId").asText();
      }
    }
    return "";
  }

  public PlatformClient.Answer get(String path) throws IOException {
    return client.get(path, Map.of("Authorization", "Bearer " + token, "X-Tenant-ID", tenant));
  }

  @Override
  public String toString() {
    return "Session[" + tenant + "]";
  }
}
