package dev.slipway.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.slipway.api.Ids;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IdsTest {
  private static final int MANY = 50_000;

  @Test
  void sortInTheOrderOfTheirMaking() {
    var made = Stream.generate(Ids::next).limit(MANY).toList();
    assertThat(made.stream().map(UUID::toString)).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void differWhoeverMakesThem() {
    var made = IntStream.range(0, MANY).parallel().mapToObj(i -> Ids.next()).toList();
    assertThat(made).doesNotHaveDuplicates();
  }

  @Test
  void tellTheirTimeAndVersion() {
    var id = Ids.next();
    assertThat(id.version()).isEqualTo(7);
    assertThat(id.variant()).isEqualTo(2);
    assertThat(Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16))
        .isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
  }
}
