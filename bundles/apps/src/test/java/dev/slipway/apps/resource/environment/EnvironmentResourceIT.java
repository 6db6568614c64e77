package dev.slipway.apps.resource.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import dev.slipway.apps.AppsPlatform;
import dev.slipway.apps.resource.app.AppResource;
import dev.slipway.testkit.Answer;
import dev.slipway.testkit.TestClient;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EnvironmentResourceIT {
  static AppsPlatform feature;

  final UUID tenant = Ids.next();
  final TestClient member = feature.platform.as(tenant, Role.USER);
  final TestClient admin = feature.platform.as(tenant, Role.ADMIN);
  final TestClient stranger = feature.platform.as(Ids.next(), Role.OWNER);
  String path;

  @BeforeAll
  static void start() {
    feature = new AppsPlatform();
    feature.platform.register(
        new AppResource(feature.apps, feature.deletion),
        new EnvironmentResource(feature.environments),
        new PromotionGraphResource(feature.graph));
  }

  @AfterAll
  static void stop() throws Exception {
    feature.close();
  }

  @BeforeEach
  void anApp() {
    path = environmentsOf(member.post("/api/apps", Map.of("name", "app", "source_type", "git")));
  }

  static String environmentsOf(Answer app) {
    return "/api/apps/" + app.at("/app/id") + "/environments";
  }

  Answer add(String name, Object... more) {
    var body = new HashMap<String, Object>(Map.of("name", name));
    for (var i = 0; i < more.length; i += 2) {
      body.put((String) more[i], more[i + 1]);
    }
    return member.post(path, body);
  }

  static String id(Answer environment) {
    return environment.at("/environment/id");
  }

  @Test
  void showsAnEnvironmentAsTheCatalogueSays() {
    var made = add("Pre Prod", "stage", "staging", "branch", "next", "auto_deploy", true);
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.json().get("environment").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "id",
            "tenant_id",
            "app_id",
            "name",
            "slug",
            "stage",
            "branch",
            "server_id",
            "hostname",
            "auto_deploy",
            "is_protected",
            "promotes_from_id",
            "current_deployment_id",
            "status",
            "created_at",
            "updated_at");
    assertThat(made.at("/environment/slug")).isEqualTo("pre-prod");
    assertThat(made.at("/environment/stage")).isEqualTo("staging");
    assertThat(made.at("/environment/status")).isEqualTo("idle");
    assertThat(made.at("/environment/auto_deploy")).isEqualTo("true");
    assertThat(add("Dev").at("/environment/stage")).isEqualTo("development");
    assertThat(member.get(path).json().get("environments")).hasSize(2);
  }

  @Test
  void namesAreUniqueInTheAppAndSlugsMadeSo() {
    add("Live");
    var again = add("Live");
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.at("/code")).isEqualTo("apps.environment.name-taken");
    assertThat(add("live!").at("/environment/slug")).isEqualTo("live-2");
    assertThat(add("Other", "slug", "live").at("/code")).isEqualTo("apps.environment.slug-taken");
    var other = member.post("/api/apps", Map.of("name", "other", "source_type", "git"));
    assertThat(member.post(environmentsOf(other), Map.of("name", "Live")).status()).isEqualTo(201);
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThat(add(" ").fields()).containsExactly("name");
    assertThat(add("a".repeat(41)).fields()).containsExactly("name");
    assertThat(add("a", "stage", "moon").status()).isEqualTo(400);
    assertThat(add("a", "branch", "$(id)..x").fields()).containsExactly("branch");
    assertThat(add("a", "slug", "A B").fields()).containsExactly("slug");
    assertThat(add("a", "server_id", Ids.next()).status()).isEqualTo(404);
    assertThat(add("a", "promotes_from_id", Ids.next()).status()).isEqualTo(404);
    assertThat(member.get(path).json().get("environments")).isEmpty();
  }

  @Test
  void versionsComeFromSiblingsAndNeverInACircle() {
    var dev = add("Dev");
    var staging = add("Staging", "promotes_from_id", id(dev));
    var live = add("Live", "promotes_from_id", id(staging), "stage", "production");
    assertThat(live.status()).isEqualTo(201);
    var circle = member.patch(path + "/" + id(dev), Map.of("promotes_from_id", id(live)));
    assertThat(circle.status()).isEqualTo(400);
    assertThat(circle.fields()).containsExactly("promotes_from_id");
    var itself = member.patch(path + "/" + id(dev), Map.of("promotes_from_id", id(dev)));
    assertThat(itself.status()).isEqualTo(400);
    var other = member.post("/api/apps", Map.of("name", "other", "source_type", "git"));
    var foreign = Map.of("name", "a", "promotes_from_id", id(dev));
    assertThat(member.post(environmentsOf(other), foreign).status()).isEqualTo(404);

    var graph = member.get("/api/environments/graph");
    assertThat(graph.status()).isEqualTo(200);
    assertThat(graph.json().get("nodes")).hasSize(3);
    assertThat(graph.json().get("edges")).hasSize(2);
    assertThat(graph.at("/nodes/0/health")).isEqualTo("unknown");
    assertThat(graph.at("/nodes/0/app_name")).isEqualTo("app");
    assertThat(graph.json().at("/nodes/0/metrics").fieldNames())
        .toIterable()
        .containsExactly("1h", "24h", "7d");
    assertThat(graph.at("/edges/0/source_environment_id")).isEqualTo(id(dev));
    assertThat(graph.at("/edges/0/target_environment_id")).isEqualTo(id(staging));

    assertThat(member.delete(path + "/" + id(staging)).status()).isEqualTo(204);
    assertThat(member.get("/api/environments/graph").json().get("edges")).isEmpty();
    assertThat(stranger.get("/api/environments/graph").json().get("nodes")).isEmpty();
  }

  @Test
  void protectionIsTakenAwayByAdminsOnly() {
    var live = add("Live", "is_protected", true);
    var one = path + "/" + id(live);
    assertThat(member.delete(one).status()).isEqualTo(409);
    assertThat(member.patch(one, Map.of("is_protected", false)).status()).isEqualTo(403);
    assertThat(member.patch(one, Map.of("branch", "live")).status()).isEqualTo(200);
    assertThat(admin.patch(one, Map.of("is_protected", false)).status()).isEqualTo(200);
    assertThat(member.delete(one).status()).isEqualTo(204);
    assertThat(member.delete(one).status()).isEqualTo(404);
  }

  @Test
  void aHostnameLeadsToOnePlaceOnThePlatform() {
    var one = path + "/" + id(add("Live")) + "/hostname";
    var set = member.put(one, Map.of("hostname", "Shop-" + tenant + ".Example.COM."));
    assertThat(set.status()).isEqualTo(200);
    var hostname = "shop-" + tenant + ".example.com";
    assertThat(set.at("/environment/hostname")).isEqualTo(hostname);
    assertThat(set.at("/domain/hostname")).isEqualTo(hostname);
    assertThat(set.at("/domain/target_type")).isEqualTo("environment");
    assertThat(set.at("/domain/status")).isEqualTo("pending");
    var again = member.put(one, Map.of("hostname", hostname));
    assertThat(again.json()).as("the same once more changes nothing").isEqualTo(set.json());

    var elsewhere = stranger.post("/api/apps", Map.of("name", "app", "source_type", "git"));
    var theirs = stranger.post(environmentsOf(elsewhere), Map.of("name", "Live"));
    var taken =
        stranger.put(
            environmentsOf(elsewhere) + "/" + id(theirs) + "/hostname",
            Map.of("hostname", hostname));
    assertThat(taken.status()).isEqualTo(409);
    assertThat(taken.at("/code")).isEqualTo("apps.environment.hostname-in-use");
  }

  @Test
  void refusesWhatIsNoPublicHostname() {
    var one = path + "/" + id(add("Live")) + "/hostname";
    for (var bad :
        new String[] {
          "localhost",
          "10.0.0.1",
          "a..b",
          "-a.example.com",
          "a_b.example.com",
          "*.example.com",
          "http://example.com",
          "example.com/x",
          "example.com:80",
          "[::1]",
          "a".repeat(64) + ".example.com",
          "x.".repeat(126) + "example",
          "a b.example.com",
          "a.0x7f"
        }) {
      var refused = member.put(one, Map.of("hostname", bad));
      assertThat(refused.status()).as(bad).isEqualTo(400);
      assertThat(refused.fields()).as(bad).containsExactly("hostname");
    }
    assertThat(member.put(one, Map.of("hostname", "bücher-" + tenant + ".example")).status())
        .isEqualTo(200);
  }

  @Test
  void editsAreGuardedByTheVersion() {
    var made = add("Dev", "branch", "dev");
    var one = path + "/" + id(made);
    var edited =
        member
            .with("If-Match", made.header("ETag").orElseThrow())
            .patch(one, Map.of("stage", "preview"));
    assertThat(edited.at("/environment/stage")).isEqualTo("preview");
    assertThat(edited.at("/environment/branch")).isEqualTo("dev");
    assertThat(member.with("If-Match", "\"1\"").patch(one, Map.of("name", "x")).status())
        .isEqualTo(412);
    assertThat(member.patch(one, Map.of("slug", "x")).status()).isEqualTo(400);
  }

  @Test
  void strangersFindNothing() {
    var one = path + "/" + id(add("Dev"));
    assertThat(stranger.get(path).status()).isEqualTo(404);
    assertThat(stranger.post(path, Map.of("name", "a")).status()).isEqualTo(404);
    assertThat(stranger.patch(one, Map.of("name", "a")).status()).isEqualTo(404);
    assertThat(stranger.put(one + "/hostname", Map.of("hostname", "a.example.com")).status())
        .isEqualTo(404);
    assertThat(stranger.delete(one).status()).isEqualTo(404);
    var other = member.post("/api/apps", Map.of("name", "other", "source_type", "git"));
    var astray = environmentsOf(other) + one.substring(one.lastIndexOf('/'));
    assertThat(member.delete(astray).status()).as("of another app").isEqualTo(404);
  }
}
