package dev.slipway.cli.fake;

import static dev.slipway.cli.fake.FakePlatform.object;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.cli.fake.FakePlatform.Needs;
import java.io.IOException;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** One user with one login; a refresh token that is used twice ends the login. */
public final class FakeAccounts {
  public static final String EMAIL = "ada@example.org";
  public static final String PASSWORD = "Correct-Horse-1";
  public static final String ROOT = "01990000-0000-7000-8000-000000000001";
  public static final String TEAM = "01990000-0000-7000-8000-000000000002";
  public static final String API_KEY = "lsk_key";

  /** For the app {@link #DEPLOYED}. */
  public static final String DEPLOY_TOKEN =
      "sdt_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABmQAAAABwAIAAAAAAAABQ";

  public static final String DEPLOYED = "01990000-0000-7000-8000-000000000050";

  private static final String DEPLOYING =
      "/api/apps/" + DEPLOYED + "/(source-archives|deployments.*)";

  private final Set<String> spent = ConcurrentHashMap.newKeySet();
  private volatile String access = "";
  private volatile String refresh = "";

  /** The tenant header of the last call that had to carry one. */
  public volatile @Nullable String lastTenant;

  public volatile boolean withRoot = true;
  public volatile boolean reused;

  /** Where the platform says that it listens for gRPC; null where it does not say. */
  public volatile @Nullable String grpcUrl;

  void routes(FakePlatform platform) {
    platform.on("POST", "/api/auth/login", Needs.NOTHING, this::login);
    platform.on("POST", "/api/auth/refresh", Needs.NOTHING, this::refresh);
    platform.on("GET", "/api/auth/me", Needs.TOKEN, call -> call.answer(200, profile()));
    platform.on("POST", "/api/auth/logout", Needs.TOKEN, this::logout);
    platform.on(
        "GET",
        "/api/version",
        Needs.NOTHING,
        call -> call.answer(200, object().put("version", "1.00").put("grpc_url", grpcUrl)));
  }

  /** The access token is refused from now on, as after its hour. */
  public void expire() {
    access = "expired-" + UUID.randomUUID();
  }

  public String accessToken() {
    return access;
  }

  public String refreshToken() {
    return refresh;
  }

  void check(Call call, boolean tenant) {
    var token = call.header("Authorization");
    if (("Bearer " + API_KEY).equals(token)) {
      lastTenant = call.header("X-Tenant-ID");
      return;
    }
    if (("Bearer " + DEPLOY_TOKEN).equals(token)) {
      lastTenant = call.header("X-Tenant-ID");
      if (!call.exchange.getRequestURI().getPath().matches(DEPLOYING)) {
        throw new Refusal(403, "This credential is not good for this");
      }
      return;
    }
    if (access.isEmpty() || !("Bearer " + access).equals(token)) {
      throw new Refusal(401, "the access token is not valid");
    }
    if (tenant) {
      lastTenant = call.header("X-Tenant-ID");
      if (lastTenant == null) {
        throw new Refusal(400, "X-Tenant-ID is missing");
      }
      if (!lastTenant.equals(TEAM) && !(withRoot && lastTenant.equals(ROOT))) {
        throw new Refusal(403, "you are not a member of this tenant");
      }
    }
  }

  private void login(Call call) throws IOException {
    var body = call.json("email!", "password!");
    if (!body.path("email").asText().equals(EMAIL)
        || !body.path("password").asText().equals(PASSWORD)) {
      throw new Refusal(401, "wrong e-mail address or password");
    }
    call.answer(200, issue());
  }

  private synchronized void refresh(Call call) throws IOException {
    var given = call.json("refreshToken!").path("refreshToken").asText();
    if (spent.contains(given)) {
      reused = true;
      access = "";
      refresh = "";
    }
    if (refresh.isEmpty() || !refresh.equals(given)) {
      throw new Refusal(401, "the refresh token is not valid");
    }
    spent.add(given);
    call.answer(200, issue());
  }

  private void logout(Call call) throws IOException {
    if (!call.json("refreshToken").path("refreshToken").asText().equals(refresh)) {
      throw new Refusal(400, "another login's token");
    }
    access = "";
    refresh = "";
    call.answer(200, object().put("message", "signed out"));
  }

  private ObjectNode issue() {
    access = "access-" + UUID.randomUUID();
    refresh = "refresh-" + UUID.randomUUID();
    return profile().put("accessToken", access).put("refreshToken", refresh);
  }

  private ObjectNode profile() {
    var profile = object();
    profile
        .putObject("user")
        .put("id", "01990000-0000-7000-8000-00000000000a")
        .put("email", EMAIL)
        .put("displayName", "Ada");
    var memberships = profile.putArray("memberships");
    memberships
        .addObject()
        .put("tenantId", TEAM)
        .put("tenantName", "The Team")
        .put("tenantSlug", "team")
        .put("role", "admin")
        .put("isRoot", false);
    if (withRoot) {
      memberships
          .addObject()
          .put("tenantId", ROOT)
          .put("tenantName", "Root")
          .put("tenantSlug", "root")
          .put("role", "owner")
          .put("isRoot", true);
    }
    return profile;
  }
}
