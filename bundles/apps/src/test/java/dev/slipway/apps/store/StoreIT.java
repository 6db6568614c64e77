package dev.slipway.apps.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.Ids;
import dev.slipway.api.PageRequest;
import dev.slipway.api.Scope;
import dev.slipway.apps.App;
import dev.slipway.apps.AppStatus;
import dev.slipway.apps.EnvVar;
import dev.slipway.apps.Project;
import dev.slipway.apps.SourceType;
import dev.slipway.apps.VariableOwner;
import dev.slipway.data.ConstraintViolation;
import dev.slipway.data.Database;
import dev.slipway.store.Store;
import dev.slipway.testkit.Postgres;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The statements, none of which names the tenant of what it lists. */
class StoreIT {
  static final PageRequest PAGE = new PageRequest(50, 0);
  static final AppStore.Filter ALL = new AppStore.Filter(null, null, null, null);
  static Store store;
  static Database database;
  static AppStore apps;
  static ProjectStore projects;
  static EnvVarStore variables;

  final UUID tenant = Ids.next();
  final UUID other = Ids.next();
  final Scope scope = Scope.tenant(tenant);

  @BeforeAll
  static void open() {
    store = Postgres.freshStore();
    database = store.database("apps", StoreIT.class.getClassLoader());
    apps = new AppStore(database);
    projects = new ProjectStore(database);
    variables = new EnvVarStore(database);
  }

  @AfterAll
  static void close() {
    store.close();
  }

  static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MICROS);
  }

  static App app(UUID tenantId, String slug, @Nullable UUID projectId) {
    return new App(
        Ids.next(),
        1,
        tenantId,
        slug,
        slug,
        projectId,
        null,
        SourceType.GIT,
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
        1,
        AppStatus.CREATED,
        null,
        null,
        false,
        null,
        now(),
        now());
  }

  static Project project(UUID tenantId, String slug) {
    return new Project(Ids.next(), 1, tenantId, slug, slug, null, 0, null, now(), now());
  }

  static EnvVar variable(UUID tenantId, @Nullable UUID projectId, @Nullable UUID appId) {
    return new EnvVar(
        Ids.next(),
        1,
        tenantId,
        projectId,
        appId,
        null,
        "KEY",
        "value",
        false,
        List.of("preview"),
        List.of("run"),
        null,
        null,
        now(),
        now());
  }

  App added(UUID tenantId, String slug) {
    return database.write(Scope.tenant(tenantId), () -> apps.insert(app(tenantId, slug, null)));
  }

  Project addedProject(UUID tenantId, String slug) {
    return database.write(Scope.tenant(tenantId), () -> projects.insert(project(tenantId, slug)));
  }

  @Test
  void everyStatementSeesOneTenantOnly() {
    var mine = added(tenant, "mine");
    var theirs = added(other, "theirs");
    var theirProject = addedProject(other, "theirs");
    database.run(Scope.tenant(other), () -> variables.insert(variable(other, null, theirs.id())));

    database.run(
        scope,
        () -> {
          assertThat(apps.list(ALL, PAGE).items()).extracting(App::id).containsExactly(mine.id());
          assertThat(apps.list(ALL, PAGE).total()).isOne();
          assertThat(apps.find(theirs.id())).isEmpty();
          assertThat(apps.lock(theirs.id())).isEmpty();
          assertThat(projects.list(null, PAGE).total()).isZero();
          assertThat(projects.list(null, PAGE).items()).isEmpty();
          assertThat(projects.lock(theirProject.id())).isEmpty();
          assertThat(variables.of(VariableOwner.of(theirs))).isEmpty();
          assertThat(variables.ofRun(theirProject.id(), theirs.id(), null)).isEmpty();
          assertThat(variables.use(VariableOwner.of(theirs), null).variables()).isZero();
          apps.delete(theirs.id());
          projects.delete(theirProject.id());
          apps.setStatus(theirs.id(), AppStatus.FAILED, null, null, now());
          apps.place(theirs.id(), Ids.next(), now());
        });
    assertThat(database.read(Scope.tenant(other), () -> apps.find(theirs.id()))).contains(theirs);
    assertThat(database.read(Scope.tenant(other), () -> projects.find(theirProject.id())))
        .contains(theirProject);
  }

  @Test
  void evenThePlatformCanNotMixTenants() {
    var theirs = addedProject(other, "theirs");
    var theirApp = added(other, "theirs");
    assertViolates("apps_app_project", () -> apps.insert(app(tenant, "mixed", theirs.id())));
    assertViolates(
        "apps_env_var_app", () -> variables.insert(variable(tenant, null, theirApp.id())));
    assertViolates(
        "apps_env_var_project", () -> variables.insert(variable(tenant, theirs.id(), null)));
  }

  static void assertViolates(String constraint, Runnable change) {
    assertThatThrownBy(() -> database.run(Scope.platform("test"), change))
        .isInstanceOfSatisfying(
            ConstraintViolation.class,
            violation -> assertThat(violation.constraint()).isEqualTo(constraint));
  }

  @Test
  void slugsAreFreeOrTaken() {
    added(tenant, "a");
    added(tenant, "a-2");
    added(tenant, "a-4");
    added(tenant, "a-x");
    added(tenant, "ab-2");
    added(other, "a-3");
    addedProject(tenant, "p");
    database.run(
        scope,
        () -> {
          var slugs = apps.slugs();
          assertThat(slugs.hold(tenant)).isOne();
          assertThat(slugs.isTaken(tenant, "a")).isTrue();
          assertThat(slugs.isTaken(tenant, "p")).isFalse();
          assertThat(slugs.freeNumber(tenant, "a")).isEqualTo(3);
          assertThat(slugs.freeNumber(tenant, "b")).isEqualTo(2);
          assertThat(projects.slugs().isTaken(tenant, "p")).isTrue();
          assertThat(projects.slugs().freeNumber(tenant, "p")).isEqualTo(2);
        });
    assertThatThrownBy(() -> added(tenant, "a"))
        .isInstanceOfSatisfying(
            ConstraintViolation.class,
            violation -> assertThat(violation.constraint()).isEqualTo("apps_app_slug"));
  }

  @Test
  void aProjectIsCountedAndLeft() {
    var project = addedProject(tenant, "p");
    database.run(
        scope,
        () -> {
          var in = apps.insert(app(tenant, "in", project.id()));
          apps.insert(app(tenant, "out", null));
          assertThat(projects.find(project.id()).orElseThrow().appCount()).isOne();
          assertThat(projects.list("P", PAGE).items())
              .extracting(Project::appCount)
              .containsOnly(1);
          assertThat(apps.unlink(project.id(), now())).isOne();
          assertThat(apps.find(in.id()).orElseThrow().version()).isEqualTo(2);
          projects.delete(project.id());
          assertThat(apps.find(in.id()).orElseThrow().projectId()).isNull();
        });
  }

  @Test
  void aStatusKeepsWhatItDoesNotName() {
    var app = added(tenant, "app");
    var deployment = Ids.next();
    database.run(
        scope,
        () -> {
          apps.setStatus(app.id(), AppStatus.RUNNING, deployment, "a.localhost", now());
          apps.setDeleting(app.id(), Ids.next(), now());
          apps.setStatus(app.id(), AppStatus.FAILED, null, null, now());
          var left = apps.find(app.id()).orElseThrow();
          assertThat(left.currentDeploymentId()).isEqualTo(deployment);
          assertThat(left.primaryDomain()).isEqualTo("a.localhost");
          assertThat(left.deployAsked()).isTrue();
          assertThat(left.deletionId()).isNull();
          assertThat(left.version()).isEqualTo(4);
        });
  }

  @Test
  void manyVariablesAreAddedAndWrittenInOneStatement() {
    var app = added(tenant, "many");
    database.run(
        scope,
        () -> {
          var first = variable(tenant, null, app.id());
          variables.put(List.of(first));
          variables.put(List.of(first));
          var stored = variables.find(VariableOwner.of(app), first.id()).orElseThrow();
          assertThat(stored.version()).isEqualTo(2);
          assertThat(stored.stageBindings()).isEqualTo(first.stageBindings());
          assertThat(stored.phases()).isEqualTo(first.phases());
          assertThat(stored.createdAt()).isEqualTo(first.createdAt());
        });
  }

  @Test
  void variablesTakeRoomAndGoWithTheirApp() {
    var app = added(tenant, "app");
    var variable = variable(tenant, null, app.id());
    database.run(
        scope,
        () -> {
          variables.insert(variable);
          assertThat(variables.of(VariableOwner.of(app)))
              .usingRecursiveFieldByFieldElementComparator()
              .containsExactly(variable);
          assertThat(variables.use(VariableOwner.of(app), null)).isEqualTo(new EnvVarUse(1, 8));
          assertThat(variables.use(VariableOwner.of(app), variable.id()))
              .isEqualTo(new EnvVarUse(0, 0));
          assertThat(variables.lock(VariableOwner.of(app(tenant, "none", null)), variable.id()))
              .isEmpty();
          apps.delete(app.id());
          assertThat(variables.lock(VariableOwner.of(app), variable.id())).isEmpty();
        });
  }

  @Test
  void anUpdateOfAnOldVersionIsAFault() {
    var app = added(tenant, "app");
    database.run(scope, () -> assertThat(apps.update(app).version()).isEqualTo(2));
    assertThatThrownBy(() -> database.run(scope, () -> apps.update(app)))
        .isInstanceOf(IllegalStateException.class);
  }
}
