package dev.slipway.apps.resource.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import dev.slipway.apps.AppsPlatform;
import dev.slipway.testkit.TestClient;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ProjectResourceIT {
  static AppsPlatform feature;

  final UUID tenant = Ids.next();
  final TestClient member = feature.platform.as(tenant, Role.USER);
  final TestClient admin = feature.platform.as(tenant, Role.ADMIN);
  final TestClient stranger = feature.platform.as(Ids.next(), Role.OWNER);

  @BeforeAll
  static void start() {
    feature = new AppsPlatform();
    feature.platform.register(new ProjectResource(feature.projects));
  }

  @AfterAll
  static void stop() throws Exception {
    feature.close();
  }

  @Test
  void showsAProjectAsTheCatalogueSays() {
    var made =
        member.post(
            "/api/projects",
            Map.of("name", "Web shop", "slug", "shop", "description", "all of it"));
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.json().fieldNames()).toIterable().containsExactly("project");
    assertThat(made.json().get("project").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "id",
            "tenant_id",
            "name",
            "slug",
            "description",
            "app_count",
            "service_count",
            "created_by",
            "created_at",
            "updated_at");
    assertThat(made.at("/project/created_by")).isEqualTo(member.userId().toString());
    assertThat(made.header("ETag")).isPresent();

    var got = member.get("/api/projects/" + made.at("/project/id"));
    assertThat(got.status()).isEqualTo(200);
    assertThat(got.json()).isEqualTo(made.json());
    assertThat(got.header("ETag")).isEqualTo(made.header("ETag"));
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThat(member.post("/api/projects", Map.of()).fields()).containsExactly("name");
    var both = member.post("/api/projects", Map.of("name", " ", "description", "a".repeat(2001)));
    assertThat(both.status()).isEqualTo(400);
    assertThat(both.fields()).containsExactlyInAnyOrder("name", "description");
    assertThat(member.post("/api/projects", Map.of("name", "a", "slug", "A b")).fields())
        .containsExactly("slug");
    assertThat(member.post("/api/projects", Map.of("name", "a", "owner", "me")).status())
        .isEqualTo(400);
    assertThat(member.post("/api/projects", Map.of("name", "a\u0000b")).fields())
        .containsExactly("name");
    assertThat(member.get("/api/projects?limit=0").status()).isEqualTo(400);
    assertThat(member.get("/api/projects?limit=201").status()).isEqualTo(400);
    assertThat(member.get("/api/projects?offset=-1").status()).isEqualTo(400);
    assertThat(member.get("/api/projects?search=" + "a".repeat(201)).status()).isEqualTo(400);
    assertThat(member.get("/api/projects/not-an-id").status()).isIn(400, 404);
  }

  @Test
  void searchesWhateverIsAsked() {
    member.post("/api/projects", Map.of("name", "100% wool"));
    member.post("/api/projects", Map.of("name", "linen"));
    var found = member.get("/api/projects?search=%25");
    assertThat(found.at("/total")).isEqualTo("1");
    assertThat(found.at("/projects/0/name")).isEqualTo("100% wool");
    assertThat(member.get("/api/projects?search=%27%3B--").at("/total")).isEqualTo("0");
    assertThat(member.get("/api/projects?search=%00").status()).isEqualTo(400);
    assertThat(member.get("/api/projects?limit=1&offset=1").at("/projects/0/name"))
        .isEqualTo("linen");
  }

  @Test
  void aTakenSlugIsAConflict() {
    member.post("/api/projects", Map.of("name", "a", "slug", "taken"));
    var again = member.post("/api/projects", Map.of("name", "b", "slug", "taken"));
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.at("/code")).isEqualTo("apps.project.slug-taken");
    assertThat(member.post("/api/projects", Map.of("name", "taken")).at("/project/slug"))
        .isEqualTo("taken-2");
  }

  @Test
  void editsWithAndWithoutAVersion() {
    var made = member.post("/api/projects", Map.of("name", "old", "description", "text"));
    var path = "/api/projects/" + made.at("/project/id");
    var etag = made.header("ETag").orElseThrow();
    var edited = member.with("If-Match", etag).patch(path, Map.of("name", "new"));
    assertThat(edited.status()).isEqualTo(200);
    assertThat(edited.at("/project/name")).isEqualTo("new");
    assertThat(edited.at("/project/slug")).isEqualTo("old");
    assertThat(edited.at("/project/description")).isEqualTo("text");
    assertThat(member.with("If-Match", etag).patch(path, Map.of("name", "late")).status())
        .isEqualTo(412);
    var nulled = java.util.Collections.singletonMap("description", null);
    assertThat(member.patch(path, nulled).json().at("/project/description").isNull()).isTrue();
    assertThat(member.patch(path, java.util.Collections.singletonMap("name", null)).fields())
        .containsExactly("name");
    assertThat(member.patch(path, Map.of("id", Ids.next())).status()).isEqualTo(400);
    assertThat(member.patch(path, Map.of("name", "x".repeat(121))).fields())
        .containsExactly("name");
  }

  @Test
  void onlyAnAdminRemovesOne() {
    var path =
        "/api/projects/" + member.post("/api/projects", Map.of("name", "gone")).at("/project/id");
    assertThat(member.delete(path).status()).isEqualTo(403);
    assertThat(stranger.delete(path).status()).isEqualTo(404);
    assertThat(admin.delete(path).status()).isEqualTo(204);
    assertThat(admin.delete(path).status()).isEqualTo(404);
  }

  @Test
  void strangersAndTheNamelessGetNothing() {
    var path =
        "/api/projects/" + member.post("/api/projects", Map.of("name", "mine")).at("/project/id");
    assertThat(stranger.get(path).status()).isEqualTo(404);
    assertThat(stranger.patch(path, Map.of("name", "theirs")).status()).isEqualTo(404);
    assertThat(stranger.get("/api/projects").at("/total")).isEqualTo("0");
    assertThat(feature.platform.anonymous().get(path).status()).isEqualTo(401);
    assertThat(stranger.with("X-Tenant-ID", tenant.toString()).get(path).status()).isEqualTo(403);
  }
}
