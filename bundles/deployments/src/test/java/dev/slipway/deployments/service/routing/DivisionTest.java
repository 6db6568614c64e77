package dev.slipway.deployments.service.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.deployments.service.routing.Division.Share;
import dev.slipway.deployments.service.routing.Division.Side;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How requests are divided among containers. */
class DivisionTest {
  @Test
  void aShareIsTheSameWhateverTheNumberOfReplicas() {
    var division =
        Division.percent(
            20, new Side(List.of("o1", "o2", "o3"), 80), new Side(List.of("n1", "n2"), 81));
    assertThat(division.shares())
        .containsExactly(
            new Share("n1", 81, 60),
            new Share("n2", 81, 60),
            new Share("o1", 80, 160),
            new Share("o2", 80, 160),
            new Share("o3", 80, 160));
    var newer = division.shares().stream().filter(share -> share.port() == 81);
    assertThat(newer.mapToInt(Share::weight).sum() * 5)
        .isEqualTo(division.shares().stream().mapToInt(Share::weight).sum());
    assertThat(division.main().container()).startsWith("o");
  }

  @Test
  void whoIsReplacedHasNoShare() {
    var older = new Side(List.of("o1", "o2"), 80);
    var newer = new Side(List.of("n1", "n2", "n3"), 80);
    assertThat(Division.replaced(1, older, newer).shares())
        .extracting(Share::container)
        .containsExactly("n1", "o2");
    assertThat(Division.replaced(2, older, newer).shares())
        .extracting(Share::container)
        .containsExactly("n1", "n2");
    assertThat(Division.all(new Side(List.of("n1"), 80)).rows()).isEmpty();
  }
}
