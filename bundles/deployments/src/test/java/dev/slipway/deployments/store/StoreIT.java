package dev.slipway.deployments.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.Ids;
import dev.slipway.api.PageRequest;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.event.StoredEvent;
import dev.slipway.apps.AppStatus;
import dev.slipway.data.ConstraintViolation;
import dev.slipway.data.Database;
import dev.slipway.deployments.ApprovalState;
import dev.slipway.deployments.DeploymentStatus;
import dev.slipway.deployments.DeploymentTrigger;
import dev.slipway.deployments.service.teardown.RelinkWatch;
import dev.slipway.deployments.store.instance.InstanceRow;
import dev.slipway.deployments.store.instance.InstanceStore;
import dev.slipway.deployments.store.instance.RouteRow;
import dev.slipway.store.Store;
import dev.slipway.testkit.Postgres;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The statements and constraints, none of which names the tenant of what it lists. */
class StoreIT {
  static final PageRequest PAGE = new PageRequest(50, 0);
  static Store store;
  static Database database;
  static DeploymentStore deployments;
  static InstanceStore instances;
  static RunStore runs;

  final UUID tenant = Ids.next();
  final Scope scope = Scope.tenant(tenant);
  final Scope other = Scope.tenant(Ids.next());
  final UUID app = Ids.next();
  final Place place = Place.production(app);
  final UUID server = Ids.next();

  @BeforeAll
  static void open() {
    store = Postgres.freshStore();
    database = store.database("deployments", StoreIT.class.getClassLoader());
    deployments = new DeploymentStore(database);
    instances = new InstanceStore(database);
    runs = new RunStore(database);
  }

  @AfterAll
  static void close() {
    store.close();
  }

  <T> T in(Supplier<T> work) {
    return database.write(scope, work);
  }

  DeploymentRow add(String image) {
    return add(image, null);
  }

  DeploymentRow add(String image, @Nullable UUID environment) {
    var now = Times.now();
    var row =
        new DeploymentRow(
            Ids.next(),
            tenant,
            app,
            environment,
            null,
            server,
            DeploymentStatus.PENDING,
            DeploymentTrigger.MANUAL,
            "main",
            null,
            null,
            image,
            null,
            null,
            null,
            null,
            null,
            null,
            now,
            null,
            null,
            null,
            Ids.next(),
            Map.of("port", 1),
            null,
            false,
            null,
            AppStatus.CREATED,
            0,
            now,
            null,
            ApprovalState.NONE,
            0,
            null,
            null,
            null,
            null);
    database.run(scope, () -> deployments.insert(row));
    return row;
  }

  DeploymentRow move(DeploymentRow row, DeploymentStatus... way) {
    return in(
        () -> {
          for (var to : way) {
            deployments.move(deployments.find(row.id()).orElseThrow(), to, null);
          }
          return deployments.find(row.id()).orElseThrow();
        });
  }

  DeploymentRow live(String image) {
    var row = add(image);
    in(
        () -> {
          deployments
              .live(place)
              .ifPresent(old -> deployments.move(old, DeploymentStatus.SUPERSEDED, null));
          return true;
        });
    return move(
        row, DeploymentStatus.DEPLOYING, DeploymentStatus.HEALTH_CHECKING, DeploymentStatus.LIVE);
  }

  @Test
  void aDeploymentIsReadAsItWasWritten() {
    var row = add("i");
    assertThat(in(() -> deployments.find(row.id()))).contains(row);
  }

  @Test
  void movingSetsTheTimes() {
    var started = move(add("i"), DeploymentStatus.DEPLOYING);
    assertThat(started.startedAt()).isNotNull();
    assertThat(started.finishedAt()).isNull();
    var live = move(started, DeploymentStatus.HEALTH_CHECKING, DeploymentStatus.LIVE);
    assertThat(live.liveAt()).isNotNull().isEqualTo(live.finishedAt());
    assertThat(live.startedAt()).isEqualTo(started.startedAt());
    var replaced = move(live, DeploymentStatus.SUPERSEDED);
    assertThat(replaced.finishedAt()).isEqualTo(live.finishedAt());
    var waited = move(add("i"), DeploymentStatus.QUEUED, DeploymentStatus.SUPERSEDED);
    assertThat(waited.finishedAt()).isNotNull();
    assertThat(waited.startedAt()).isNull();
  }

  @Test
  void aForbiddenOrStaleMoveIsAFault() {
    var row = add("i");
    assertThatThrownBy(() -> move(row, DeploymentStatus.LIVE))
        .isInstanceOf(IllegalStateException.class);
    move(row, DeploymentStatus.QUEUED);
    assertThatThrownBy(() -> in(() -> moved(row))).isInstanceOf(IllegalStateException.class);
  }

  static boolean moved(DeploymentRow row) {
    deployments.move(row, DeploymentStatus.DEPLOYING, null);
    return true;
  }

  @Test
  void anAppHasOneActiveAndOneLiveDeployment() {
    move(add("a"), DeploymentStatus.CLONING);
    var second = add("b");
    assertThatThrownBy(() -> move(second, DeploymentStatus.DEPLOYING))
        .isInstanceOfSatisfying(
            ConstraintViolation.class,
            refused ->
                assertThat(refused.toString()).contains("deployments_deployment_one_active"));
  }

  @Test
  void anAppHasOneLiveDeployment() {
    live("a");
    var second = add("b");
    assertThatThrownBy(
            () ->
                move(
                    second,
                    DeploymentStatus.DEPLOYING,
                    DeploymentStatus.HEALTH_CHECKING,
                    DeploymentStatus.LIVE))
        .isInstanceOfSatisfying(
            ConstraintViolation.class,
            refused -> assertThat(refused.toString()).contains("deployments_deployment_one_live"));
  }

  @Test
  void theVersionBeforeIsTheLastOneWithAnotherImage() {
    var first = live("a");
    assertThat(in(() -> deployments.before(first))).isEmpty();
    var second = live("b");
    assertThat(in(() -> deployments.before(second)).orElseThrow().id()).isEqualTo(first.id());
    var third = live("b");
    assertThat(in(() -> deployments.before(third)).orElseThrow().id()).isEqualTo(first.id());
    var fourth = live("c");
    assertThat(in(() -> deployments.before(fourth)).orElseThrow().id()).isEqualTo(third.id());
  }

  @Test
  void theActiveOneIsUnfinishedBeforeTheNewestThatWaits() {
    assertThat(in(() -> deployments.unfinished(place))).isEmpty();
    var waiting = add("a");
    var newest = add("b");
    assertThat(in(() -> deployments.unfinished(place)).orElseThrow().id()).isEqualTo(newest.id());
    assertThat(in(() -> deployments.waiting(place)))
        .extracting(DeploymentRow::id)
        .containsExactly(waiting.id(), newest.id());
    move(waiting, DeploymentStatus.CLONING);
    assertThat(in(() -> deployments.unfinished(place)).orElseThrow().id()).isEqualTo(waiting.id());
    assertThat(in(() -> deployments.active(place)).orElseThrow().id()).isEqualTo(waiting.id());
  }

  @Test
  void eachPlaceHasItsOwnQueueAndLiveVersion() {
    var staging = new Place(app, Ids.next());
    var production = live("a");
    var build = Ids.next();
    var there = add("a", staging.environmentId());
    database.run(scope, () -> deployments.built(there.id(), build, "calm-otter"));
    move(
        there, DeploymentStatus.DEPLOYING, DeploymentStatus.HEALTH_CHECKING, DeploymentStatus.LIVE);
    var next = add("b");
    var other = add("c", staging.environmentId());
    assertThat(in(() -> deployments.live(place)).orElseThrow().id()).isEqualTo(production.id());
    assertThat(in(() -> deployments.live(staging)).orElseThrow().id()).isEqualTo(there.id());
    assertThat(in(() -> deployments.waiting(staging)))
        .extracting(DeploymentRow::id)
        .containsExactly(other.id());
    assertThat(in(() -> deployments.nextOfApp(app)))
        .extracting(DeploymentRow::id)
        .containsExactlyInAnyOrder(next.id(), other.id());
    move(next, DeploymentStatus.CLONING);
    move(other, DeploymentStatus.CLONING);
    assertThat(in(() -> deployments.openOfApp(app)))
        .extracting(DeploymentRow::id)
        .containsExactly(next.id(), other.id());
    assertThat(in(() -> deployments.previous(other)).orElseThrow().id()).isEqualTo(there.id());
    assertThat(in(() -> deployments.ofBuild(staging, build)).orElseThrow().id())
        .isEqualTo(there.id());
    assertThat(in(() -> deployments.ofBuild(place, build))).isEmpty();
  }

  @Test
  void listsAreFilteredAndCounted() {
    var project = Ids.next();
    var first = add("a");
    var second = move(add("b"), DeploymentStatus.CLONING);
    database.run(scope, () -> deployments.regroup(app, project));
    var all = new DeploymentFilter(app, null, project, server, null, "main");
    assertThat(in(() -> deployments.list(all, PAGE)).items())
        .extracting(DeploymentRow::id)
        .containsExactly(second.id(), first.id());
    var page = in(() -> deployments.list(all, new PageRequest(1, 1)));
    assertThat(page.items()).extracting(DeploymentRow::id).containsExactly(first.id());
    assertThat(page.total()).isEqualTo(2);
    var some = new DeploymentFilter(null, null, null, null, new String[] {"cloning", "live"}, null);
    assertThat(in(() -> deployments.list(some, PAGE)).items())
        .extracting(DeploymentRow::id)
        .containsExactly(second.id());
    var none = new DeploymentFilter(null, null, null, Ids.next(), null, null);
    assertThat(in(() -> deployments.list(none, PAGE)).total()).isZero();
    database.run(scope, () -> deployments.ungroup(project));
    assertThat(in(() -> deployments.list(all, PAGE)).total()).isZero();
  }

  @Test
  void progressIsNumbered() {
    var row = add("a");
    assertThat(in(() -> deployments.nextProgress(row.id()))).isEqualTo(1);
    assertThat(in(() -> deployments.nextProgress(row.id()))).isEqualTo(2);
  }

  RouteRow route(String domain, String container, int port, UUID deployment) {
    return new RouteRow(
        Ids.next(), tenant, app, null, deployment, server, domain, container, port, List.of());
  }

  InstanceRow instance(UUID deployment, String name) {
    var row =
        new InstanceRow(
            Ids.next(),
            tenant,
            app,
            null,
            deployment,
            server,
            name,
            0,
            false,
            null,
            0,
            null,
            "web");
    database.run(scope, () -> instances.add(row));
    return row;
  }

  @Test
  void anInstanceIsNotedOnce() {
    var row = instance(Ids.next(), "c");
    instance(Ids.next(), "c");
    assertThat(in(() -> instances.ofApp(app))).containsExactly(row);
    assertThat(in(() -> instances.onServer(tenant, server))).containsExactly(row);
    var command = Ids.next();
    var past = Times.now().minusSeconds(1);
    database.run(scope, () -> instances.leave(row.id(), command, 1, past));
    assertThat(in(() -> instances.byCommand(command)).orElseThrow().leaving()).isTrue();
    var all = Scope.platform("test");
    assertThat(database.read(all, () -> runs.leaving(1000)))
        .contains(new SweepMapper.Found(tenant, row.id()));
    database.run(scope, () -> instances.removed(server, "c"));
    assertThat(in(() -> instances.ofApp(app))).isEmpty();
  }

  @Test
  void aRouteLeadsToOnePlace() {
    var first = route("a.localhost", "one", 80, Ids.next());
    var second = route("a.localhost", "two", 81, Ids.next());
    database.run(scope, () -> instances.put(first));
    database.run(scope, () -> instances.put(second));
    assertThat(in(() -> instances.routesOf(app)))
        .extracting(RouteRow::id, RouteRow::containerName, RouteRow::port)
        .containsExactly(org.assertj.core.api.Assertions.tuple(first.id(), "two", 81));
    assertThat(in(() -> instances.routesOn(tenant, server))).hasSize(1);
    database.run(scope, () -> instances.deleteOfServer(server));
    assertThat(in(() -> instances.routesOf(app))).isEmpty();
  }

  ActionRow action(ActionRow.Kind kind) {
    var now = Times.now();
    var row =
        new ActionRow(
            Ids.next(),
            tenant,
            app,
            null,
            null,
            kind,
            ActionRow.Status.RUNNING,
            Ids.next(),
            null,
            now,
            null,
            now);
    database.run(scope, () -> runs.insert(row));
    return row;
  }

  @Test
  void oneActionRunsAtATimeAndEndsOnce() {
    var row = action(ActionRow.Kind.RESTART);
    assertThat(in(() -> runs.running(place))).contains(row);
    assertThatThrownBy(() -> action(ActionRow.Kind.STOP)).isInstanceOf(ConstraintViolation.class);
    database.run(scope, () -> runs.end(row.id(), ActionRow.Status.FAILED, "no"));
    database.run(scope, () -> runs.end(row.id(), ActionRow.Status.SUCCEEDED, null));
    var ended = in(() -> runs.find(row.id())).orElseThrow();
    assertThat(ended.status()).isEqualTo(ActionRow.Status.FAILED);
    assertThat(ended.error()).isEqualTo("no");
    assertThat(in(() -> runs.running(place))).isEmpty();
  }

  @Test
  void stepsAreReadInOrderAndFoundByTheirCommand() {
    var row = action(ActionRow.Kind.RESTART);
    var steps = List.of(step(row.id(), 2, StepKind.HEALTH), step(row.id(), 1, StepKind.RESTART));
    database.run(scope, () -> runs.plan(steps));
    assertThat(in(() -> runs.steps(row.id())))
        .extracting(StepRow::kind)
        .containsExactly(StepKind.RESTART, StepKind.HEALTH);
    var command = Ids.next();
    database.run(
        scope,
        () ->
            runs.update(
                steps.getFirst().begun(StepStatus.RUNNING, 1, command, Times.now(), Times.now())));
    assertThat(in(() -> runs.runOf(command))).contains(row.id());
    database.run(scope, () -> runs.end(row.id(), ActionRow.Status.FAILED, "no"));
    database.run(scope, () -> runs.deleteOfApp(app));
    assertThat(in(() -> runs.steps(row.id()))).isEmpty();
    assertThat(in(() -> runs.find(row.id()))).isEmpty();
  }

  StepRow step(UUID run, int position, StepKind kind) {
    return new StepRow(
        Ids.next(),
        tenant,
        run,
        position,
        kind,
        server,
        "c",
        StepStatus.PENDING,
        0,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  @Test
  void theSweepTakesTheLongestUnseenFirst() {
    var first = add("a");
    var second = action(ActionRow.Kind.STOP);
    database.run(scope, () -> runs.looked(first.id()));
    var found = database.read(Scope.platform("test"), () -> runs.unfinished(1000));
    assertThat(found)
        .containsSubsequence(
            new SweepMapper.Found(tenant, second.id()), new SweepMapper.Found(tenant, first.id()));
  }

  @Test
  void anotherTenantSeesAndChangesNothing() {
    var row = live("a");
    var name = instance(row.id(), "c").name();
    database.run(
        other,
        () -> {
          assertThat(deployments.find(row.id())).isEmpty();
          assertThat(deployments.live(place)).isEmpty();
          assertThat(deployments.unfinished(place)).isEmpty();
          assertThat(instances.ofApp(app)).isEmpty();
          assertThat(instances.onServer(tenant, server)).isEmpty();
          var all = new DeploymentFilter(null, null, null, null, null, null);
          assertThat(deployments.list(all, PAGE).total()).isZero();
          instances.removed(server, name);
          deployments.deleteOfApp(app);
          instances.deleteOfApp(app);
        });
    assertThat(in(() -> deployments.find(row.id()))).isPresent();
    assertThat(in(() -> instances.ofApp(app))).hasSize(1);
  }

  @Test
  void whatIsLiveGoesAlongToTheServerThatReplacesAnother() throws Exception {
    var target = Ids.next();
    var live = live("image:moves");
    instance(live.id(), "moves");
    var route = route("b.localhost", "moves", 80, live.id());
    database.run(scope, () -> instances.put(route));
    var relinked =
        new StoredEvent(
            Ids.next(),
            "1",
            "fleet.server.relinked",
            tenant,
            server,
            Instant.now(),
            Map.of("target_id", target.toString()));
    new RelinkWatch(database).on(relinked);
    assertThat(in(() -> instances.onServer(tenant, target)))
        .extracting(InstanceRow::name)
        .contains("moves");
    assertThat(in(() -> instances.routesOn(tenant, target)))
        .extracting(RouteRow::domain)
        .contains("b.localhost");
    assertThat(in(() -> deployments.find(live.id())).orElseThrow().serverId()).isEqualTo(target);
    assertThat(in(() -> instances.onServer(tenant, server))).isEmpty();
  }
}
