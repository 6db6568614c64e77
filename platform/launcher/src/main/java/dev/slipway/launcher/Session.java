package dev.slipway.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The owner, logged in. */
public record Session(PlatformClient client, String token, String tenant) {

  private static final Duration DEADLINE = Duration.ofSeconds(30);

  /**
   * Empty when the password is not the owner's, as with a database that had accounts before. Any
   * answer but yes or no is asked again: the routes of the last bundles may be a moment behind the
   * readiness.
   */
  static Optional<Session> login(PlatformClient client, String email, String password)
      throws StartFailure, InterruptedException {
    var deadline = System.nanoTime() + DEADLINE.toNanos();
    while (true) {
      try {
        return attempt(client, email, password);
      } catch (IOException e) {
        if (System.nanoTime() > deadline) {
          throw StartFailure.failed("the owner's first login failed: " + e.getMessage(), e);
        }
        TimeUnit.MILLISECONDS.sleep(100);
      }
    }
  }

  private static Optional<Session> attempt(PlatformClient client, String email, String password)
      throws IOException {
    var answer = client.post("/api/auth/login", Map.of("email", email, "password", password));
    if (answer.status() == HttpURLConnection.HTTP_UNAUTHORIZED) {
      return Optional.empty();
    }
    var token = answer.body().path("accessToken").asText();
    if (!answer.isOk() || token.isEmpty()) {
      throw new IOException("it was answered with status " + answer.status());
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
