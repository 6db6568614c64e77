package dev.slipway.activity.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.slipway.activity.ActivityError;
import dev.slipway.activity.ActivityEvent;
import dev.slipway.activity.Operation;
import dev.slipway.activity.OperationFilter;
import dev.slipway.activity.OperationStep;
import dev.slipway.activity.Operations;
import dev.slipway.activity.store.OperationStore;
import dev.slipway.api.Caller;
import dev.slipway.api.Ids;
import dev.slipway.api.Membership;
import dev.slipway.api.PageRequest;
import dev.slipway.api.PlatformException;
import dev.slipway.api.Role;
import dev.slipway.api.Scope;
import dev.slipway.data.Database;
import dev.slipway.store.Store;
import dev.slipway.testkit.Postgres;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OperationServiceIT {
  static Store store;
  static Database db;

  final UUID tenant = Ids.next();
  final Scope scope = Scope.tenant(tenant);
  final Caller caller = member(tenant);
  final PublishedEvents events = new PublishedEvents();
  final OperationService service = new OperationService(db, new OperationStore(db), events);

  @BeforeAll
  static void open() {
    store = Postgres.freshStore();
    db = store.database("activity", OperationService.class.getClassLoader());
  }

  @AfterAll
  static void close() {
    store.close();
  }

  static Caller member(UUID tenant) {
    return new Caller(
        Ids.next(),
        null,
        Ids.next(),
        "ann@example.com",
        new Membership(tenant, Role.USER, false),
        "request",
        "127.0.0.1");
  }

  UUID started(String... steps) {
    var draft =
        new Operations.Draft(
            "deploy", "app", Ids.next(), Ids.next(), List.of(steps), Ids.next(), Map.of("try", 1));
    var id = service.start(scope, draft);
    events.take(ActivityEvent.Changed.class);
    return id;
  }

  Operation now(UUID id) {
    return service.get(caller, id);
  }

  OperationStep step(UUID id, int number) {
    return service.plan(caller, id).steps().get(number - 1);
  }

  List<ActivityEvent.Changed> said() {
    return events.take(ActivityEvent.Changed.class);
  }

  @Test
  void startsQueuedWithItsStepsPendingInOrder() {
    var draft =
        new Operations.Draft(
            "deploy", "app", Ids.next(), Ids.next(), List.of("clone", "build"), Ids.next());
    var id = service.start(scope, draft);

    var operation = now(id);
    assertThat(operation)
        .extracting(
            Operation::tenantId,
            Operation::type,
            Operation::entityId,
            Operation::referenceId,
            Operation::startedBy,
            Operation::status,
            Operation::progress,
            Operation::stepsTotal,
            Operation::stepsDone,
            Operation::startedAt,
            Operation::finishedAt)
        .containsExactly(
            tenant,
            "deploy",
            draft.entityId(),
            draft.referenceId(),
            draft.startedBy(),
            Operation.Status.QUEUED,
            0,
            2,
            0,
            null,
            null);
    var plan = service.plan(caller, id);
    assertThat(plan.pruned()).isFalse();
    assertThat(plan.steps()).extracting(OperationStep::number).containsExactly(1, 2);
    assertThat(plan.steps()).extracting(OperationStep::name).containsExactly("clone", "build");
    assertThat(plan.steps())
        .extracting(OperationStep::status)
        .containsOnly(OperationStep.Status.PENDING);
    assertThat(said())
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.type()).isEqualTo("activity.operation.changed");
              assertThat(event.subjectId()).isEqualTo(id);
              assertThat(event.tenantId()).isEqualTo(tenant);
              assertThat(event.status()).isEqualTo(Operation.Status.QUEUED);
            });
  }

  @Test
  void stepsMoveTheOperationAlong() {
    var id = started("clone", "build", "route");
    service.stepRunning(scope, id, 1, "cloning");
    assertThat(now(id).status()).isEqualTo(Operation.Status.RUNNING);
    assertThat(now(id).startedAt()).isNotNull();
    service.stepDone(scope, id, 1, null);
    assertThat(step(id, 1).message()).isEqualTo("cloning");
    assertThat(step(id, 1).finishedAt()).isNotNull();
    service.stepSkipped(scope, id, 2, "nothing to build");
    assertThat(now(id).stepsDone()).isEqualTo(2);
    assertThat(now(id).progress()).isEqualTo(66);
    assertThat(step(id, 2).startedAt()).isNull();
    service.stepRunning(scope, id, 3, null);
    service.succeed(scope, id);

    assertThat(now(id))
        .extracting(
            Operation::status, Operation::progress, Operation::stepsDone, Operation::metadata)
        .containsExactly(Operation.Status.SUCCEEDED, 100, 3, Map.of("try", 1));
    assertThat(now(id).finishedAt()).isNotNull();
    assertThat(step(id, 3).status()).isEqualTo(OperationStep.Status.SUCCEEDED);
    assertThat(said()).extracting(ActivityEvent.Changed::step).containsExactly(1, 1, 2, 3, null);
  }

  @Test
  void aRepeatedCallChangesNothingAndSaysNothing() {
    var id = started("clone", "build");
    service.stepRunning(scope, id, 1, "cloning");
    service.stepRunning(scope, id, 1, "cloning");
    service.stepDone(scope, id, 1, "cloned");
    assertThat(said()).hasSize(2);
    var done = step(id, 1);

    service.stepDone(scope, id, 1, "again");
    service.stepFailed(scope, id, 1, "late");
    service.stepRunning(scope, id, 1, "late");
    service.stepSkipped(scope, id, 1, "late");
    assertThat(step(id, 1)).isEqualTo(done);
    assertThat(now(id).stepsDone()).isOne();
    assertThat(said()).isEmpty();
  }

  @Test
  void aStepStillGoingShowsProgress() {
    var id = started("build");
    service.stepRunning(scope, id, 1, "10 %");
    var before = now(id).updatedAt();
    service.stepRunning(scope, id, 1, "10 %");
    assertThat(now(id).updatedAt()).isAfter(before);
    service.stepRunning(scope, id, 1, "90 %");
    assertThat(step(id, 1).message()).isEqualTo("90 %");
    assertThat(said()).extracting(ActivityEvent.Changed::message).containsExactly("10 %", "90 %");
  }

  @Test
  void aFailureEndsTheRunningStepAndSkipsTheRest() {
    var id = started("clone", "build", "route");
    service.stepDone(scope, id, 1, null);
    service.stepRunning(scope, id, 2, null);
    service.fail(scope, id, "exit code 1");

    assertThat(now(id))
        .extracting(Operation::status, Operation::error, Operation::progress, Operation::stepsDone)
        .containsExactly(Operation.Status.FAILED, "exit code 1", 33, 1);
    assertThat(service.plan(caller, id).steps())
        .extracting(OperationStep::status, OperationStep::error)
        .containsExactly(
            tuple(OperationStep.Status.SUCCEEDED, null),
            tuple(OperationStep.Status.FAILED, "exit code 1"),
            tuple(OperationStep.Status.SKIPPED, null));
  }

  @Test
  void aFailedStepLeavesTheOperationRunningUntilItIsEnded() {
    var id = started("clone", "build");
    service.stepFailed(scope, id, 1, "no such branch");
    assertThat(now(id).status()).isEqualTo(Operation.Status.RUNNING);
    assertThat(now(id).stepsDone()).isZero();
    service.fail(scope, id, "clone failed");
    assertThat(step(id, 1).error()).isEqualTo("no such branch");
    assertThat(step(id, 2).status()).isEqualTo(OperationStep.Status.SKIPPED);
  }

  @Test
  void aCancelledQueuedOperationNeverStarted() {
    var id = started("clone");
    service.cancel(scope, id, "superseded");
    assertThat(now(id))
        .extracting(Operation::status, Operation::error, Operation::startedAt)
        .containsExactly(Operation.Status.CANCELLED, "superseded", null);
    assertThat(step(id, 1).status()).isEqualTo(OperationStep.Status.SKIPPED);
  }

  @Test
  void aFinalStatusNeverChanges() {
    var id = started("clone");
    service.cancel(scope, id, "superseded");
    var ended = now(id);
    said();
    service.succeed(scope, id);
    service.fail(scope, id, "late");
    service.stepDone(scope, id, 1, "late");
    assertThat(now(id)).isEqualTo(ended);
    assertThat(step(id, 1).status()).isEqualTo(OperationStep.Status.SKIPPED);
    assertThat(said()).isEmpty();
  }

  @Test
  void anOperationWithoutStepsHasNoProgressUntilItSucceeds() {
    var id = started();
    assertThat(now(id).progress()).isNull();
    service.succeed(scope, id);
    assertThat(now(id).progress()).isEqualTo(100);
    assertThat(now(id).startedAt()).isNotNull();
    assertThat(service.plan(caller, id).pruned()).isFalse();
  }

  @Test
  void theAccountIsRolledBackWithTheWork() {
    var id = started("clone");
    assertThatThrownBy(
            () ->
                db.run(
                    scope,
                    () -> {
                      service.stepRunning(scope, id, 1, null);
                      throw new IllegalStateException("the work failed");
                    }))
        .hasMessage("the work failed");
    assertThat(now(id).status()).isEqualTo(Operation.Status.QUEUED);
  }

  @Test
  void textOfAnyLengthAndContentIsKeptWithinBounds() {
    var id = started("build");
    service.stepRunning(scope, id, 1, "a\0b");
    assertThat(step(id, 1).message()).isEqualTo("a\uFFFDb");
    service.fail(scope, id, "x".repeat(100_000));
    assertThat(now(id).error()).hasSize(2000).endsWith("…");
  }

  @Test
  void programmingErrorsAreToldAsSuch() {
    var id = started("clone");
    assertThatIllegalArgumentException().isThrownBy(() -> service.stepDone(scope, id, 2, null));
    var draft = new Operations.Draft("deploy", "app", Ids.next(), null, List.of(), null);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> service.start(Scope.platform("test"), draft));
  }

  @Test
  void anotherTenantSeesAndChangesNothing() {
    var id = started("clone");
    var stranger = member(Ids.next());
    var theirs = Scope.of(stranger);
    for (var attempt :
        List.<Callable<?>>of(
            () -> service.get(stranger, id),
            () -> service.plan(stranger, id),
            () -> run(() -> service.stepDone(theirs, id, 1, null)),
            () -> run(() -> service.fail(theirs, id, "x")))) {
      assertThatThrownBy(attempt::call)
          .isInstanceOfSatisfying(
              PlatformException.class,
              refusal -> assertThat(refusal.code()).isEqualTo(ActivityError.OPERATION_NOT_FOUND));
    }
    var all = service.list(stranger, new OperationFilter(null, null, null), new PageRequest(50, 0));
    assertThat(all.total()).isZero();
    assertThat(now(id).status()).isEqualTo(Operation.Status.QUEUED);
  }

  private static Object run(Runnable action) {
    action.run();
    return true;
  }

  @Test
  void thePlatformMayMoveATenantsOperation() {
    var id = started("clone");
    service.stepDone(Scope.platform("test"), id, 1, null);
    service.succeed(Scope.platform("test"), id);
    assertThat(now(id).status()).isEqualTo(Operation.Status.SUCCEEDED);
  }

  @Test
  void listsNewestFirstByPagesAndFilters() {
    var ids = new ArrayList<UUID>();
    for (var i = 0; i < 5; i++) {
      ids.addFirst(started("clone"));
    }
    var everything = new OperationFilter(null, null, null);
    var page = service.list(caller, everything, new PageRequest(2, 1));
    assertThat(page.total()).isEqualTo(5);
    assertThat(page.items()).extracting(Operation::id).isEqualTo(ids.subList(1, 3));

    var third = now(ids.get(2));
    for (var filter :
        List.of(
            new OperationFilter(null, third.entityId(), null),
            new OperationFilter(null, null, third.referenceId()),
            new OperationFilter("app", third.entityId(), third.referenceId()))) {
      assertThat(service.list(caller, filter, new PageRequest(50, 0)).items())
          .containsExactly(third);
    }
    var servers = new OperationFilter("server", null, null);
    assertThat(service.list(caller, servers, new PageRequest(50, 0)).items()).isEmpty();
  }

  @Test
  void whatStandsStillForTooLongFails() {
    var running = started("clone", "build");
    service.stepRunning(scope, running, 1, null);
    var queued = started("clone");

    assertThat(service.failStalled(now(running).updatedAt())).isZero();
    service.failStalled(Instant.now().plus(Duration.ofSeconds(1)));
    assertThat(now(running))
        .extracting(Operation::status, Operation::error)
        .containsExactly(Operation.Status.FAILED, "no progress");
    assertThat(step(running, 1).error()).isEqualTo("no progress");
    assertThat(now(queued).status()).isEqualTo(Operation.Status.QUEUED);
  }

  @Test
  void stepsThatEndAtOnceAreAllCounted() throws Exception {
    var id = started("a", "b", "c", "d", "e", "f", "g", "h");
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var work = new ArrayList<Callable<Object>>();
      for (var number = 1; number <= 8; number++) {
        var step = number;
        work.add(() -> run(() -> service.stepDone(scope, id, step, null)));
        work.add(() -> run(() -> service.stepDone(scope, id, step, null)));
      }
      for (var done : threads.invokeAll(work)) {
        done.get();
      }
    }
    assertThat(now(id))
        .extracting(Operation::stepsDone, Operation::progress)
        .containsExactly(8, 100);
    assertThat(said()).hasSize(8);
  }
}
