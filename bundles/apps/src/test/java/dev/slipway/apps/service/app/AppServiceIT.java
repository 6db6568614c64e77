package dev.slipway.apps.service.app;

import static dev.slipway.apps.AppsPlatform.refusal;
import static dev.slipway.apps.AppsPlatform.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Caller;
import dev.slipway.api.CommonError;
import dev.slipway.api.Ids;
import dev.slipway.api.PageRequest;
import dev.slipway.api.Role;
import dev.slipway.api.Scope;
import dev.slipway.api.rest.IfMatch;
import dev.slipway.apps.App;
import dev.slipway.apps.AppStatus;
import dev.slipway.apps.AppsError;
import dev.slipway.apps.AppsPlatform;
import dev.slipway.apps.SourceType;
import dev.slipway.apps.VolumeFate;
import dev.slipway.testkit.TestPlatform;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AppServiceIT {
  static final IfMatch ANY = new IfMatch(null);
  static final PageRequest PAGE = new PageRequest(50, 0);
  static AppsPlatform feature;

  final UUID tenant = Ids.next();
  final Caller caller = TestPlatform.caller(tenant, Role.USER);
  final Caller stranger = TestPlatform.caller(Ids.next(), Role.OWNER);

  @BeforeAll
  static void start() {
    feature = new AppsPlatform();
  }

  @AfterAll
  static void stop() throws Exception {
    feature.close();
  }

  @Test
  void keepsAllThatItWasGiven() {
    var server = feature.servers.add(tenant);
    var project = feature.project(caller, "Shop").id();
    var repository = Ids.next();
    var draft =
        new AppDraft(
            "Web front",
            project,
            SourceType.GITHUB,
            repository,
            "https://github.com/a/b",
            "release/1",
            "web",
            "web/Dockerfile",
            "ghcr.io/a/b:1",
            "next",
            "npm ci",
            "npm run build",
            "npm start",
            8080,
            "/healthz",
            3);
    var made = feature.apps.create(caller, draft, null, server);
    assertThat(AppDraft.of(made)).isEqualTo(draft);
    assertThat(made.slug()).isEqualTo("web-front");
    assertThat(made.serverId()).isEqualTo(server);
    assertThat(made.status()).isEqualTo(AppStatus.CREATED);
    assertThat(made.version()).isOne();
    assertThat(feature.apps.get(caller, made.id())).isEqualTo(made);
    var said = feature.said(caller, made.id()).getFirst();
    assertThat(said.type()).isEqualTo("apps.app.created");
    assertThat(said.data())
        .containsEntry("slug", "web-front")
        .containsEntry("source_type", "github")
        .containsEntry("project_id", project.toString());
  }

  @Test
  void slugsAreUniqueInTheTenant() {
    assertThat(feature.app(caller, "Api").slug()).isEqualTo("api");
    assertThat(feature.app(caller, "API").slug()).isEqualTo("api-2");
    var draft = AppsPlatform.settings("Other", null);
    var refusal = refused(() -> feature.apps.create(caller, draft, "api", null));
    assertThat(refusal.code()).isEqualTo(AppsError.APP_SLUG_TAKEN);
    assertThat(refusal.fields()).extracting("field").containsExactly("slug");
    assertThat(feature.apps.create(stranger, draft, "api", null).slug()).isEqualTo("api");
  }

  @Test
  void manyAtOnceGetASlugEach() throws Exception {
    Callable<String> one = () -> feature.app(caller, "Rush").slug();
    try (var threads = Executors.newFixedThreadPool(6)) {
      var slugs =
          threads.invokeAll(IntStream.range(0, 24).mapToObj(n -> one).toList()).stream()
              .map(made -> made.resultNow())
              .collect(Collectors.toSet());
      assertThat(slugs).hasSize(24).contains("rush", "rush-2", "rush-24");
    }
  }

  @Test
  void refusesWhatIsNotOfTheTenant() {
    var theirServer = feature.servers.add(stranger.tenantId());
    var theirProject = feature.project(stranger, "Theirs").id();
    var draft = AppsPlatform.settings("app", null);
    assertThat(refusal(() -> feature.apps.create(caller, draft, null, theirServer)))
        .isEqualTo(AppsError.SERVER_NOT_FOUND);
    var inTheirs = AppsPlatform.settings("app", theirProject);
    assertThat(refusal(() -> feature.apps.create(caller, inTheirs, null, null)))
        .isEqualTo(AppsError.PROJECT_NOT_FOUND);
    var app = feature.app(caller, "app");
    assertThat(refusal(() -> feature.apps.update(caller, app.id(), ANY, old -> inTheirs)))
        .isEqualTo(AppsError.PROJECT_NOT_FOUND);
    assertThat(refusal(() -> feature.apps.listInProject(caller, theirProject, null, PAGE)))
        .isEqualTo(AppsError.PROJECT_NOT_FOUND);
  }

  @Test
  void nothingIsStoredOfARefusedApp() {
    var bad = AppsPlatform.settings("a\nb", null);
    var refusal = refused(() -> feature.apps.create(caller, bad, "Not A Slug", null));
    assertThat(refusal.code()).isEqualTo(CommonError.INVALID);
    assertThat(refusal.fields()).extracting("field").containsExactly("slug", "name");
    assertThat(feature.apps.list(caller, null, null, null, null, PAGE).total()).isZero();
  }

  @Test
  void listsWhatFitsAllConditions() {
    var server = feature.servers.add(tenant);
    var project = feature.project(caller, "P").id();
    var here = feature.apps.create(caller, AppsPlatform.settings("here", project), null, server);
    var there = feature.apps.create(caller, AppsPlatform.settings("there", project), null, null);
    var alone = feature.app(caller, "alone 100%");
    feature.published.statusChanged(Scope.of(caller), there.id(), AppStatus.BUILDING, null, null);

    assertThat(ids(null, null, null, null)).containsExactly(here.id(), there.id(), alone.id());
    assertThat(ids(project, null, null, null)).containsExactly(here.id(), there.id());
    assertThat(ids(project, server, null, null)).containsExactly(here.id());
    assertThat(ids(null, null, AppStatus.BUILDING, null)).containsExactly(there.id());
    assertThat(ids(null, null, null, "HERE")).containsExactly(here.id(), there.id());
    assertThat(ids(null, null, null, "0%")).containsExactly(alone.id());
    assertThat(ids(null, null, null, "_")).isEmpty();
    var inProject = feature.apps.listInProject(caller, project, AppStatus.BUILDING, PAGE);
    assertThat(inProject.items()).extracting(App::id).containsExactly(there.id());
    var second = feature.apps.list(caller, null, null, null, null, new PageRequest(1, 1));
    assertThat(second.total()).isEqualTo(3);
    assertThat(second.items()).extracting(App::id).containsExactly(there.id());
  }

  java.util.List<UUID> ids(UUID project, UUID server, AppStatus status, String search) {
    return feature.apps.list(caller, project, server, status, search, PAGE).items().stream()
        .map(App::id)
        .toList();
  }

  @Test
  void anEditKeepsSlugServerAndState() {
    var server = feature.servers.add(tenant);
    var app = feature.apps.create(caller, AppsPlatform.settings("old", null), null, server);
    var deployment = Ids.next();
    feature.published.statusChanged(
        Scope.of(caller), app.id(), AppStatus.RUNNING, deployment, "old.localhost");
    var edited =
        feature.apps.update(caller, app.id(), ANY, old -> AppsPlatform.settings("new", null));
    assertThat(edited.name()).isEqualTo("new");
    assertThat(edited.slug()).isEqualTo("old");
    assertThat(edited.serverId()).isEqualTo(server);
    assertThat(edited.status()).isEqualTo(AppStatus.RUNNING);
    assertThat(edited.currentDeploymentId()).isEqualTo(deployment);
    assertThat(edited.primaryDomain()).isEqualTo("old.localhost");
    assertThat(feature.apps.get(caller, app.id())).isEqualTo(edited);
  }

  @Test
  void anEditOfAnotherVersionIsRefusedAndOneWithoutEffectIsNone() {
    var app = feature.app(caller, "app");
    var same = feature.apps.update(caller, app.id(), new IfMatch(1L), old -> old);
    assertThat(same).isEqualTo(app);
    var edited =
        feature.apps.update(
            caller, app.id(), new IfMatch(1L), old -> AppsPlatform.settings("new", null));
    assertThat(edited.version()).isEqualTo(2);
    assertThat(refusal(() -> feature.apps.update(caller, app.id(), new IfMatch(1L), old -> old)))
        .isEqualTo(CommonError.STALE);
    assertThat(feature.types(caller, app.id()))
        .containsExactly("apps.app.created", "apps.app.updated");
  }

  @Test
  void anEditIsCheckedAsAWhole() {
    var app = feature.app(caller, "app");
    var image =
        new AppDraft(
            "app",
            null,
            SourceType.IMAGE,
            null,
            null,
            "main",
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            3000,
            "/",
            1);
    var refusal = refused(() -> feature.apps.update(caller, app.id(), ANY, old -> image));
    assertThat(refusal.fields()).extracting("field").containsExactly("image");
    assertThat(feature.apps.get(caller, app.id())).isEqualTo(app);
  }

  @Test
  void strangersFindNothing() {
    var app = feature.app(caller, "mine");
    assertThat(feature.apps.list(stranger, null, null, null, null, PAGE).total()).isZero();
    assertThat(refusal(() -> feature.apps.get(stranger, app.id())))
        .isEqualTo(AppsError.APP_NOT_FOUND);
    assertThat(refusal(() -> feature.apps.update(stranger, app.id(), ANY, old -> old)))
        .isEqualTo(AppsError.APP_NOT_FOUND);
    assertThat(refusal(() -> feature.deletion.request(stranger, app.id(), ANY, VolumeFate.KEEP)))
        .isEqualTo(AppsError.APP_NOT_FOUND);
    assertThat(feature.apps.get(caller, app.id())).isEqualTo(app);
  }
}
