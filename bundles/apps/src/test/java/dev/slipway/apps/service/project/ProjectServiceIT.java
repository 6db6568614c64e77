package dev.slipway.apps.service.project;

import static dev.slipway.apps.AppsPlatform.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.slipway.api.Caller;
import dev.slipway.api.CommonError;
import dev.slipway.api.Ids;
import dev.slipway.api.PageRequest;
import dev.slipway.api.Patch;
import dev.slipway.api.Role;
import dev.slipway.api.rest.IfMatch;
import dev.slipway.apps.AppsError;
import dev.slipway.apps.AppsPlatform;
import dev.slipway.apps.Project;
import dev.slipway.apps.service.variable.ProjectVariables;
import dev.slipway.testkit.TestPlatform;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ProjectServiceIT {
  static final IfMatch ANY = new IfMatch(null);
  static final PageRequest PAGE = new PageRequest(50, 0);
  static AppsPlatform feature;

  final UUID tenant = Ids.next();
  final Caller caller = TestPlatform.caller(tenant, Role.OWNER);
  final Caller stranger = TestPlatform.caller(Ids.next(), Role.OWNER);

  @BeforeAll
  static void start() {
    feature = new AppsPlatform();
  }

  @AfterAll
  static void stop() throws Exception {
    feature.close();
  }

  Project renamed(Project project, IfMatch ifMatch, String name) {
    return feature.projects.update(
        caller,
        project.id(),
        ifMatch,
        new ProjectPatch(Patch.of(name), Patch.absent(), Patch.absent()));
  }

  @Test
  void keepsWhatItWasGiven() {
    var made = feature.projects.create(caller, new ProjectDraft(" Shop ", "the-shop", " "));
    assertThat(made.name()).isEqualTo("Shop");
    assertThat(made.slug()).isEqualTo("the-shop");
    assertThat(made.description()).isNull();
    assertThat(made.createdBy()).isEqualTo(caller.userId());
    assertThat(feature.projects.get(caller, made.id())).isEqualTo(made);
    assertThat(feature.types(caller, made.id())).containsExactly("apps.project.created");
  }

  @Test
  void derivedSlugsAreNumberedAndGivenOnesRefused() {
    assertThat(feature.project(caller, "Shop").slug()).isEqualTo("shop");
    assertThat(feature.project(caller, "Shop!").slug()).isEqualTo("shop-2");
    assertThat(feature.project(caller, "SHOP").slug()).isEqualTo("shop-3");
    assertThat(
            refusal(
                () -> feature.projects.create(caller, new ProjectDraft("Other", "shop-2", null))))
        .isEqualTo(AppsError.PROJECT_SLUG_TAKEN);
    assertThat(feature.project(stranger, "Shop").slug()).isEqualTo("shop");
  }

  @Test
  void manyAtOnceGetASlugEach() throws Exception {
    Callable<String> one = () -> feature.project(caller, "Rush").slug();
    try (var threads = Executors.newFixedThreadPool(6)) {
      var slugs =
          threads.invokeAll(IntStream.range(0, 24).mapToObj(n -> one).toList()).stream()
              .map(made -> made.resultNow())
              .collect(Collectors.toSet());
      assertThat(slugs).hasSize(24).contains("rush", "rush-2", "rush-24");
    }
  }

  @Test
  void countsTheAppsInIt() {
    var full = feature.project(caller, "Full");
    var empty = feature.project(caller, "Empty");
    for (var n = 0; n < 3; n++) {
      feature.apps.create(caller, AppsPlatform.settings("app", full.id()), null, null);
    }
    feature.app(caller, "elsewhere");
    assertThat(feature.projects.get(caller, full.id()).appCount()).isEqualTo(3);
    assertThat(feature.projects.list(caller, null, PAGE).items())
        .extracting(Project::id, Project::appCount)
        .containsExactly(tuple(full.id(), 3), tuple(empty.id(), 0));
  }

  @Test
  void listsByPageAndSearchesLiterally() {
    feature.project(caller, "100% wool");
    feature.project(caller, "100 sheep");
    feature.project(caller, "a_b");
    feature.project(caller, "axb");
    assertThat(feature.projects.list(caller, "0%", PAGE).items())
        .extracting(Project::name)
        .containsExactly("100% wool");
    assertThat(feature.projects.list(caller, "A_B", PAGE).items())
        .extracting(Project::name)
        .containsExactly("a_b");
    assertThat(feature.projects.list(caller, "\\", PAGE).total()).isZero();
    var second = feature.projects.list(caller, " ", new PageRequest(1, 1));
    assertThat(second.total()).isEqualTo(4);
    assertThat(second.items()).extracting(Project::name).containsExactly("100 sheep");
    assertThat(feature.projects.list(caller, null, new PageRequest(1, 99)).total()).isEqualTo(4);
  }

  @Test
  void editsWhatIsSentAndNothingElse() {
    var made = feature.projects.create(caller, new ProjectDraft("Shop", null, "old"));
    var edited = renamed(made, new IfMatch(made.etag()), "Store");
    assertThat(edited.name()).isEqualTo("Store");
    assertThat(edited.slug()).isEqualTo("shop");
    assertThat(edited.description()).isEqualTo("old");
    assertThat(edited.etag()).isNotEqualTo(made.etag());
    assertThat(refusal(() -> renamed(made, new IfMatch(made.etag()), "Late")))
        .isEqualTo(CommonError.STALE);

    var cleared =
        feature.projects.update(
            caller,
            made.id(),
            ANY,
            new ProjectPatch(Patch.absent(), Patch.of("moved"), Patch.of(null)));
    assertThat(cleared.slug()).isEqualTo("moved");
    assertThat(cleared.description()).isNull();
    assertThat(renamed(cleared, ANY, "Store")).isEqualTo(cleared);
    assertThat(feature.types(caller, made.id()))
        .containsExactly("apps.project.created", "apps.project.updated", "apps.project.updated");
  }

  @Test
  void anEditCanNotTakeTheSlugOfAnother() {
    feature.project(caller, "One");
    var two = feature.project(caller, "Two");
    var patch = new ProjectPatch(Patch.absent(), Patch.of("one"), Patch.absent());
    assertThat(refusal(() -> feature.projects.update(caller, two.id(), ANY, patch)))
        .isEqualTo(AppsError.PROJECT_SLUG_TAKEN);
    var none = new ProjectPatch(Patch.absent(), Patch.of(null), Patch.absent());
    assertThat(refusal(() -> feature.projects.update(caller, two.id(), ANY, none)))
        .isEqualTo(CommonError.INVALID);
  }

  @Test
  void deletingLeavesTheAppsAndDropsTheVariables() {
    var project = feature.project(caller, "Gone");
    var app = feature.apps.create(caller, AppsPlatform.settings("stays", project.id()), null, null);
    var variable = ProjectVariables.add(feature, caller, project.id(), "SHARED", "v");
    assertThat(ProjectVariables.isThere(feature.database, variable)).isTrue();
    feature.projects.delete(caller, project.id(), ANY);

    assertThat(refusal(() -> feature.projects.get(caller, project.id())))
        .isEqualTo(AppsError.PROJECT_NOT_FOUND);
    var left = feature.apps.get(caller, app.id());
    assertThat(left.projectId()).isNull();
    assertThat(left.version()).isGreaterThan(app.version());
    assertThat(ProjectVariables.isThere(feature.database, variable)).isFalse();
    var said = feature.said(caller, project.id()).getLast();
    assertThat(said.type()).isEqualTo("apps.project.deleted");
    assertThat(said.data()).containsEntry("apps_unlinked", 1);
  }

  @Test
  void strangersFindNothing() {
    var project = feature.project(caller, "Mine");
    assertThat(feature.projects.list(stranger, null, PAGE).items()).isEmpty();
    assertThat(refusal(() -> feature.projects.get(stranger, project.id())))
        .isEqualTo(AppsError.PROJECT_NOT_FOUND);
    assertThat(refusal(() -> feature.projects.delete(stranger, project.id(), ANY)))
        .isEqualTo(AppsError.PROJECT_NOT_FOUND);
    var patch = new ProjectPatch(Patch.of("Theirs"), Patch.absent(), Patch.absent());
    assertThat(refusal(() -> feature.projects.update(stranger, project.id(), ANY, patch)))
        .isEqualTo(AppsError.PROJECT_NOT_FOUND);
    assertThat(feature.projects.get(caller, project.id()).name()).isEqualTo("Mine");
  }
}
