package dev.slipway.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class InboxTest {
  private static final int MANY = 101;

  private final Inbox inbox = new Inbox(event -> event.type().equals("wanted"), at(10));

  private static Position at(long place) {
    return new Position(place, 1);
  }

  private static Placed event(String type, long place) {
    var id = new UUID(place, place);
    return new Placed(id, place, 1, null, type, id, Instant.EPOCH, "{}", false);
  }

  private boolean add(long from, long... places) {
    return inbox.add(
        at(from), IntStream.range(0, places.length).mapToObj(i -> wanted(places[i])).toList());
  }

  private static Placed wanted(long place) {
    return event("wanted", place);
  }

  private static List<Long> places(Inbox.Told told) {
    return told.events().stream().map(Placed::txid).toList();
  }

  @Test
  void whatIsWantedIsTakenOnceInOrder() {
    assertThat(inbox.add(at(10), List.of(event("other", 11)))).isFalse();
    assertThat(inbox.add(at(11), List.of(wanted(12), event("other", 13), wanted(14)))).isTrue();
    var told = inbox.take(at(10));
    assertThat(told.complete()).isTrue();
    assertThat(places(told)).containsExactly(12L, 14L);
    assertThat(told.until()).isEqualTo(at(14));
    var after = inbox.take(at(14));
    assertThat(after.complete()).isTrue();
    assertThat(after.events()).isEmpty();
  }

  @Test
  void whoIsBehindReadsTheLog() {
    add(10, 11);
    var told = inbox.take(at(9));
    assertThat(told.complete()).isFalse();
    assertThat(told.events()).isEmpty();
    assertThat(told.until()).isEqualTo(at(11));
  }

  @Test
  void whatWasTakenAndNotDoneIsInTheLogAlone() {
    add(10, 11, 12);
    inbox.take(at(10));
    assertThat(inbox.take(at(11)).complete()).isFalse();
    assertThat(inbox.take(at(12)).complete()).isTrue();
  }

  @Test
  void whatIsDoneAlreadyIsLeftOut() {
    add(10, 11, 12);
    assertThat(places(inbox.take(at(11)))).containsExactly(12L);
  }

  @Test
  void aGapLeadsToTheLog() {
    add(10, 11);
    add(20, 21);
    assertThat(inbox.take(at(11)).complete()).isFalse();
    add(21, 22);
    assertThat(places(inbox.take(at(21)))).containsExactly(22L);
  }

  @Test
  void whoDoesNotKeepUpIsNotToldWithoutEnd() {
    var many = Stream.iterate(11L, place -> place + 1).limit(MANY).map(InboxTest::wanted).toList();
    assertThat(inbox.add(at(10), many)).isTrue();
    var told = inbox.take(at(10));
    assertThat(told.complete()).isFalse();
    assertThat(told.until()).isEqualTo(many.getLast().position());
  }
}
