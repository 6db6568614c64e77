package dev.slipway.events;

import static dev.slipway.events.TestLog.PLATFORM;
import static dev.slipway.events.TestLog.id;
import static dev.slipway.events.TestLog.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.FieldError;
import dev.slipway.api.PlatformException;
import dev.slipway.api.Scope;
import dev.slipway.api.event.EventFilter;
import dev.slipway.api.event.StoredEvent;
import dev.slipway.store.json.PlatformJson;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EventLogIT {
  @TempDir static Path folder;
  static TestLog log;

  final UUID tenant = id();
  final UUID subject = id();

  @BeforeAll
  static void open() throws Exception {
    log = new TestLog(folder);
  }

  @AfterAll
  static void close() throws Exception {
    log.close();
  }

  @Test
  void anEventReadsBackAsItWasPublished() {
    log.publish(Happened.at(tenant, subject, 7));
    var read = log.events.after(Scope.tenant(tenant), TestLog.ANY, null, 10);
    assertThat(read).hasSize(1);
    var event = read.getFirst();
    assertThat(event.type()).isEqualTo("tests.thing.happened");
    assertThat(event.tenantId()).isEqualTo(tenant);
    assertThat(event.subjectId()).isEqualTo(subject);
    assertThat(event.uuid("tenant_id")).isEqualTo(tenant);
    assertThat(event.data()).containsEntry("number", 7);
  }

  @Test
  void publishingNeedsAWritingUnitOfWork() {
    var event = Happened.at(tenant, subject, 1);
    assertThatThrownBy(() -> log.events.publish(event)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(
            () ->
                log.database.read(
                    Scope.tenant(tenant),
                    () -> {
                      log.events.publish(event);
                      return true;
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(log.all(EventFilter.subject(subject))).isEmpty();
  }

  @Test
  void anEventOfARolledBackUnitDoesNotExist() {
    log.open(Happened.at(tenant, subject, 1)).rollback();
    assertThat(log.all(EventFilter.subject(subject))).isEmpty();
  }

  @Test
  void aTransactionThatCommitsLateIsNotPassedOver() {
    var early = log.open(Happened.at(tenant, id(), 1));
    log.publish(Happened.at(tenant, id(), 2));
    var scope = Scope.tenant(tenant);
    assertThat(log.events.after(scope, TestLog.ANY, null, 10)).isEmpty();
    early.commit();
    assertThat(numbers(log.events.after(scope, TestLog.ANY, null, 10))).containsExactly(1, 2);
  }

  @Test
  void eventsOfOneSubjectStandInTheOrderOfTheirCommits() {
    // The first transaction draws the lower id, and yet changes the subject after the second.
    var early = log.open(Happened.at(tenant, id(), 0));
    log.publish(Happened.at(tenant, subject, 1));
    early.commit(Happened.at(tenant, subject, 2));
    log.publish(Happened.at(tenant, subject, 3));
    assertThat(numbers(log.all(EventFilter.subject(subject)))).containsExactly(1, 2, 3);
  }

  @Test
  void nowStandsBehindAllThatIsReadable() {
    log.publish(Happened.at(tenant, subject, 1));
    var now = log.events.now(Scope.tenant(tenant));
    log.publish(Happened.at(tenant, subject, 2));
    assertThat(numbers(log.events.after(Scope.tenant(tenant), TestLog.ANY, now, 10)))
        .containsExactly(2);
  }

  @Test
  void aTenantReadsItsOwnEventsAlone() {
    var other = id();
    log.publish(
        Happened.at(tenant, subject, 1),
        Happened.at(other, subject, 2),
        Happened.at(null, subject, 3));
    var filter = EventFilter.subject(subject);
    assertThat(numbers(log.events.after(Scope.tenant(tenant), filter, null, 10)))
        .containsExactly(1);
    assertThat(numbers(log.events.after(Scope.tenant(other), filter, null, 10))).containsExactly(2);
    assertThat(log.events.after(Scope.tenant(id()), filter, null, 10)).isEmpty();
    assertThat(numbers(log.all(filter))).containsExactly(1, 2, 3);
    // The same without the condition in the statement: the row-level policy alone.
    var everyTenant = Selection.of(PLATFORM, filter);
    assertThat(log.events.rows(Scope.tenant(tenant), everyTenant, Position.START, 10))
        .extracting(EventRow::tenantId)
        .containsExactly(tenant);
  }

  @Test
  void aTenantsUnitPublishesForItsTenantAlone() {
    for (var foreign :
        new Happened[] {Happened.at(id(), subject, 1), Happened.at(null, subject, 1)}) {
      assertThatThrownBy(
              () -> log.database.run(Scope.tenant(tenant), () -> log.events.publish(foreign)))
          .isInstanceOf(IllegalStateException.class);
    }
    log.database.run(
        Scope.tenant(tenant), () -> log.events.publish(Happened.at(tenant, subject, 2)));
    assertThat(numbers(log.all(EventFilter.subject(subject)))).containsExactly(2);
  }

  @Test
  void typesAreWantedWholeOrByPrefixAndNeverAsPatterns() {
    for (var type : List.of("a_b.c.d", "axb.c.d", "a_b.x.y", "a%.c.d", "a_b")) {
      log.publish(new Happened(type, tenant, subject, type.length()));
    }
    assertThat(types("a_b.*")).containsExactly("a_b.c.d", "a_b.x.y");
    assertThat(types("a%.*")).containsExactly("a%.c.d");
    assertThat(types("a_b.c.d", "a%.*")).containsExactly("a_b.c.d", "a%.c.d");
    assertThat(types("a_b.c")).isEmpty();
    assertThat(types("' or true --")).isEmpty();
    assertThat(types()).hasSize(5);
  }

  private List<String> types(String... wanted) {
    var filter = new EventFilter(Set.of(wanted), subject);
    return log.all(filter).stream().map(StoredEvent::type).toList();
  }

  @Test
  void aCursorThatWasNeverGivenOutIsRefused() {
    for (var cursor : List.of("nonsense", "99999999999999-1")) {
      assertThatThrownBy(() -> log.events.after(Scope.tenant(tenant), TestLog.ANY, cursor, 10))
          .isInstanceOfSatisfying(
              PlatformException.class,
              refusal ->
                  assertThat(refusal.fields())
                      .extracting(FieldError::field)
                      .containsExactly("Last-Event-ID"));
    }
  }

  @Test
  void pagesFollowEachOtherWithoutGapOrRepetition() {
    for (var i = 0; i < 7; i++) {
      log.publish(Happened.at(tenant, subject, 2 * i), Happened.at(tenant, subject, 2 * i + 1));
    }
    var seen = new ArrayList<StoredEvent>();
    String cursor = null;
    for (var page = List.<StoredEvent>of(); cursor == null || !page.isEmpty(); ) {
      page = log.events.after(Scope.tenant(tenant), TestLog.ANY, cursor, 3);
      seen.addAll(page);
      cursor = page.isEmpty() ? cursor : page.getLast().cursor();
    }
    assertThat(numbers(seen)).containsExactlyElementsOf(IntStream.range(0, 14).boxed().toList());
  }

  /**
   * Writers of random length that overlap, commit in any order or roll back, against a reader that
   * follows from page to page all the while. Each subject is guarded by a lock as a row would be,
   * taken after the transaction has drawn its id, so that ids and commits disagree.
   */
  @Test
  void aFollowingReaderSeesEveryCommittedEventOnceAndEachSubjectInOrder() {
    var type = "stress." + tenant;
    var filter = EventFilter.types(type);
    var subjects = List.of(id(), id(), id());
    var counters = new ConcurrentHashMap<UUID, Integer>();
    var committed = ConcurrentHashMap.<String>newKeySet();
    var start = log.events.now(PLATFORM);
    var writing = new AtomicBoolean(true);
    var seen = new ArrayList<StoredEvent>();
    var reader =
        CompletableFuture.runAsync(
            () -> follow(filter, start, writing, seen), Thread.ofVirtual()::start);
    var rolledBack = new AtomicInteger();
    var writers =
        IntStream.range(0, 8)
            .mapToObj(
                seed ->
                    CompletableFuture.runAsync(
                        () ->
                            write(
                                new Random(seed), type, subjects, counters, committed, rolledBack),
                        Thread.ofVirtual()::start))
            .toArray(CompletableFuture[]::new);
    CompletableFuture.allOf(writers).join();
    writing.set(false);
    reader.join();

    var keys = seen.stream().map(event -> key(event.subjectId(), number(event))).toList();
    assertThat(keys).doesNotHaveDuplicates();
    assertThat(keys).containsExactlyInAnyOrderElementsOf(committed);
    assertThat(committed).hasSizeGreaterThan(200);
    assertThat(rolledBack.get()).isPositive();
    var bySubject = new TreeMap<UUID, List<Integer>>();
    seen.forEach(
        event ->
            bySubject
                .computeIfAbsent(event.subjectId(), none -> new ArrayList<>())
                .add(number(event)));
    bySubject.values().forEach(numbers -> assertThat(numbers).isSorted());
    assertThat(inversions(seen)).as("transactions that committed out of order").isPositive();
  }

  private static void follow(
      EventFilter filter, String start, AtomicBoolean writing, List<StoredEvent> seen) {
    var cursor = start;
    while (true) {
      var last = !writing.get();
      var page = log.events.after(PLATFORM, filter, cursor, 5);
      seen.addAll(page);
      cursor = page.isEmpty() ? cursor : page.getLast().cursor();
      if (last && page.isEmpty()) {
        return;
      }
    }
  }

  private static void write(
      Random random,
      String type,
      List<UUID> subjects,
      Map<UUID, Integer> counters,
      Set<String> committed,
      AtomicInteger rolledBack) {
    for (var round = 0; round < 60; round++) {
      var mine = new ArrayList<String>();
      try {
        log.database.run(
            PLATFORM,
            () -> {
              log.database.mapper(LockMapper.class).draw();
              pause(random);
              var subject = subjects.get(random.nextInt(subjects.size()));
              log.database.mapper(LockMapper.class).lock(subject.getLeastSignificantBits());
              for (var i = random.nextInt(3); i >= 0; i--) {
                var number = counters.merge(subject, 1, Integer::sum);
                log.events.publish(new Happened(type, null, subject, number));
                mine.add(key(subject, number));
              }
              pause(random);
              if (random.nextInt(8) == 0) {
                throw new IllegalStateException("rolled back on purpose");
              }
            });
        committed.addAll(mine);
      } catch (IllegalStateException expected) {
        rolledBack.incrementAndGet();
      }
    }
  }

  private static long inversions(List<StoredEvent> seen) {
    return IntStream.range(1, seen.size())
        .filter(i -> seen.get(i).occurredAt().isBefore(seen.get(i - 1).occurredAt()))
        .count();
  }

  private static void pause(Random random) {
    java.util.concurrent.locks.LockSupport.parkNanos(random.nextInt(3_000_000));
  }

  private static int number(StoredEvent event) {
    return (Integer) event.data().get("number");
  }

  private static String key(UUID subject, int number) {
    return subject + "/" + number;
  }

  @Test
  void aLogRestoredIntoAnotherServerKeepsItsOrderBeforeAllThatIsToCome() throws Exception {
    log.publish(Happened.at(tenant, subject, 1));
    log.publish(Happened.at(tenant, subject, 2));
    log.publish(Happened.at(tenant, subject, 3));
    // As in a dump of a server that has seen more transactions; the listener has heard the first
    // event.
    log.update(
        "update events_event set txid = (txid::text::bigint + 1000000000)::text::xid8"
            + " where subject_id = ?",
        subject);
    log.update(
        "insert into events_cursor (name, txid, seq)"
            + " select 'tests.restored', txid, seq from events_event"
            + " where subject_id = ? and data ->> 'number' = '1'",
        subject);
    assertThat(log.all(EventFilter.subject(subject))).isEmpty();

    new EventLog(log.database, new PlatformJson(), log.signals);

    log.publish(Happened.at(tenant, subject, 4));
    assertThat(numbers(log.all(EventFilter.subject(subject)))).containsExactly(1, 2, 3, 4);
    var cursor =
        log.query("select txid || '-' || seq from events_cursor where name = 'tests.restored'");
    assertThat(numbers(log.events.after(PLATFORM, EventFilter.subject(subject), cursor, 10)))
        .containsExactly(2, 3, 4);
  }
}
